"""What the samples are read as, kept beside them: written by a command, and compared again."""

from __future__ import annotations

import difflib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, StorageError
from pipeline.isolate.task import Answer
from pipeline.schema import Box, Fact, Reading

COPIED = ("documents", "registry.csv", "plan.csv", "results.csv")
LINES = 12  # of a difference, that are shown
SKIPPED = (
    "sha256",
    "confidence",
    "evidence",
    "crop",
    "masked",
    "picture",
    "shape",
    "x0",
    "top",
    "x1",
    "bottom",
)  # other machines, other decimals


@dataclass(frozen=True, slots=True)
class Golden:
    """A sample by its path, and what it is read as: JSON text."""

    path: str
    text: str


def samples() -> Path:
    """The samples that come with the program: in the wheel, or the top-level folder of a checkout."""
    inside = Path(str(resources.files("pipeline"))) / "_samples"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "samples"


def copy(into: Path) -> tuple[Path, ...]:
    """Copy documents and lists into an empty folder; what was copied. Raises InputError for another one."""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise InputError(f"{into}: sudah ada isinya / there is something in it already")
    try:
        into.mkdir(parents=True, exist_ok=True)
        for name in COPIED:
            source = samples() / name
            (shutil.copytree if source.is_dir() else shutil.copyfile)(source, into / name)
    except OSError as error:
        raise StorageError(f"{into}: tidak dapat ditulis / cannot be written ({error.strerror})") from error
    return tuple(into / name for name in COPIED)


def golden(path: str, answer: Answer[Reading]) -> Golden:
    """What a sample is read as: every value as printed and as meant, with its page; or why it is not read."""
    found: Any = {"reason": answer.reason} if answer.value is None else _plain(answer.value)
    return Golden(path, json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, Fact):
        return f"{value.text} = {value.data!r}, p. {value.page}, {value.rule}"  # a line each: easy to compare
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Reading):
        pages = [
            {"origin": page.origin, "turned": page.turned, "problem": page.problem} for page in value.pages
        ]
        said = {"pages": pages, "agreements": _plain(value.agreements), "problems": _plain(value.problems)}
        return said | {name: _plain(found) for name, found in _besides(value) if found}
    if isinstance(value, (str, int, float, type(None), Box)):
        return value
    kept = {
        field.name: _plain(getattr(value, field.name)) for field in fields(value) if field.name not in SKIPPED
    }
    return {name: inner for name, inner in kept.items() if inner not in (None, [])}


def _besides(reading: Reading) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """What few sources have."""
    return ("certificates", reading.certificates), ("codes", reading.codes)


def scanned(text: str) -> bool:
    """Whether a golden is that of a document with pages that only OCR can read."""
    return any(page["origin"] == "ocr" for page in json.loads(text).get("pages", ()))


def write(goldens: Iterable[Golden], folder: Path) -> int:
    """Write the goldens, in place of all that were there; how many. Raises StorageError."""
    made = list(goldens)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        for one in made:
            path = _place(folder, one.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(one.text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{folder}: tidak dapat ditulis / cannot be written ({error.strerror})") from error
    return len(made)


def kept(folder: Path) -> dict[str, str]:
    """The goldens that are there, by the path of their sample."""
    paths = sorted(folder.rglob("*.json"))
    return {
        str(path.relative_to(folder)).removesuffix(".json"): path.read_text(encoding="utf-8")
        for path in paths
    }


def differences(before: dict[str, str], now: Iterable[Golden]) -> Iterator[str]:
    """Where samples are read otherwise than their goldens say, as lines of a difference."""
    left = dict(before)
    for one in now:
        old = left.pop(one.path, "")
        if old != one.text:
            lines = difflib.unified_diff(
                old.splitlines(), one.text.splitlines(), one.path, "now", "", "", 1, ""
            )
            yield "\n".join([*lines][:LINES])
    yield from (f"--- {path}\ntidak ada lagi / no longer there" for path in left)


def _place(folder: Path, path: str) -> Path:
    return folder / f"{path}.json"
