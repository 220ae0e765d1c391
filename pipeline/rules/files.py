"""The files of rules/, an office's own laid over the shipped ones, and the digest of what they say."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

from pipeline.errors import RuleError

ROOMS: Mapping[str, tuple[str, ...]] = {
    "types": (".toml",),
    "checks": (".toml",),
    "obligations": (".toml",),
    "patterns": (".jsonl",),
    "words": (".toml",),
    "trust": (".pem", ".crt", ".cer", ".der", ".toml"),
}


def shipped() -> Path:
    """The rules that come with the program: in the wheel, or the top-level folder of a checkout."""
    inside = Path(str(resources.files("pipeline"))) / "_rules"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "rules"


def layered(base: Path, overlay: Path | None) -> dict[str, Path]:
    """Rule files by 'room/name'. Raises RuleError for a missing folder and for files that no room takes."""
    found = dict(_folder(base))
    if overlay is not None:
        if not overlay.is_dir():
            raise RuleError(f"{overlay}: folder aturan tidak ada (no such rules folder)")
        found.update(_known_settings(dict(_folder(overlay)), found))
    return dict(sorted(found.items()))


def _known_settings(files: dict[str, Path], base: dict[str, Path]) -> dict[str, Path]:
    """`files`, once sure that those in no room lay over settings that there are."""
    known = sorted(name[1:] for name in base if name.startswith("/"))
    for name, path in files.items():
        if name.startswith("/") and name not in base:
            raise RuleError(
                f"{path}: no such settings; there are {', '.join(known)}, or it belongs in a room"
            )
    return files


def _folder(root: Path) -> Iterator[tuple[str, Path]]:
    for path in _files(root):
        room = path.parent.name
        if path.suffix == ".md":
            continue
        if path.parent == root and path.suffix == ".toml":  # settings of other rooms: match.toml
            yield f"/{path.name}", path
        elif path.suffix in ROOMS.get(room, ()) and path.parent.parent == root:
            yield f"{room}/{path.name}", path
        else:
            kinds = ", ".join(f"{name}/*{form}" for name, forms in ROOMS.items() for form in forms)
            raise RuleError(f"{path}: no such kind of rule; there are {kinds}")


def _files(folder: Path | str) -> Iterator[Path]:
    """The files in a folder and the folders in it, but for hidden ones; rglob takes four times as long."""
    with os.scandir(folder) as inside:
        for entry in sorted(inside, key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.is_file():
                yield Path(entry.path)


def of(files: Mapping[str, Path], room: str) -> list[Path]:
    return [path for name, path in files.items() if name.startswith(f"{room}/")]


def digest(files: Mapping[str, Path], rooms: tuple[str, ...]) -> str:
    sha = hashlib.sha256()
    for name, path in files.items():
        if name.split("/")[0] in rooms:
            sha.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()[:16]
