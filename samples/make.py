"""Writes the sample archive, its registry, plan, results, truth and README: the same bytes on every run."""

import argparse
import json
from pathlib import Path
from typing import Any

from drawing import archive, data, lists  # type: ignore[import-not-found]  # run from its own folder

HERE = Path(__file__).parent


def write(into: Path) -> list[str]:
    """Writes everything; returns the files that were left alone because pyHanko is not installed."""
    held, files = archive.stock(), data.files()
    made = list(archive.archive(held, files))
    rows = [row for one in made for row in one.rows]
    texts = {
        "truth.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
        "registry.csv": lists.registry(held.people),
        "plan.csv": lists.plan(files, held.people, held.annexes),
        "results.csv": lists.results(files, held.people, held.annexes),
        "README.md": lists.readme(files, rows, held.people),
    }
    for name, text in texts.items():
        _put(into / name, text.encode())
    return _documents(into, made)


def some(into: Path, only: str) -> list[str]:
    """Writes the documents whose path holds a text, and nothing else."""
    files = [file for file in data.files() if only in file.path and not file.made]
    return _documents(into, list(archive.archive(archive.stock(), files)))


def _documents(into: Path, made: list[Any]) -> list[str]:
    for one in made:
        if one.file.made != "member" and one.content is not None:
            _put(into / "documents" / one.file.path, one.content)
    left = [one.file.path for one in made if one.content is None]
    if not left:
        _trust(into)
    return left


def _trust(into: Path) -> None:
    from drawing import esign

    _put(into / "trust" / "ca.pem", esign.root())


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def main() -> None:
    """Reads the arguments and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write to (default: samples/)")
    parser.add_argument("--only", default="", help="write only the documents whose path holds this text")
    said = parser.parse_args()
    for path in some(said.into, said.only) if said.only else write(said.into):
        print(f"left as it is: {path} (pyHanko is not installed)")


if __name__ == "__main__":
    main()
