"""Imports go one way through the rooms of the package, from the names up to the commands."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"
# Each line may import from the lines above it; those on one line do not know each other.
ORDER = (
    {"errors"},
    {"schema"},
    {"values"},
    {"rules"},
    {"reading", "audit", "store", "isolate"},
    {"run"},
    {"cli", "review"},
    {"__main__"},
)
LAYER = {room: height for height, line in enumerate(ORDER) for room in line}
BY_NAME = {"import_module", "__import__"}


def faults(package: Path) -> list[str]:
    """What breaks the order in a package called `pipeline`, one sentence each."""
    return [fault for path in sorted(package.rglob("*.py")) for fault in faults_of(path, package)]


def faults_of(path: Path, package: Path) -> Iterator[str]:
    module = ("pipeline", *path.relative_to(package).with_suffix("").parts)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if any(
        "TYPE_CHECKING" in {getattr(node, "id", ""), getattr(node, "attr", "")} for node in ast.walk(tree)
    ):
        yield f"{'.'.join(module)}: TYPE_CHECKING hides a knot"
    if module[1] != "__init__" and module[1] not in LAYER:
        yield f"{'.'.join(module)}: has no place in the order"
        return
    for target in sorted(set(imported(tree, module))):
        if not allowed(module[1], target):
            yield f"{'.'.join(module)}: may not import {'.'.join(target)}"


def imported(tree: ast.AST, module: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The modules of `pipeline` that a module imports anywhere in its text, also late or by name."""
    for node in ast.walk(tree):
        for name in names(node, module):
            if name[0] == "pipeline":
                yield name[:2]


def names(node: ast.AST, module: tuple[str, ...]) -> list[tuple[str, ...]]:
    match node:
        case ast.Import(names=aliases):
            return [tuple(alias.name.split(".")) for alias in aliases]
        case ast.ImportFrom(module=origin, names=aliases, level=level):
            start = module[: len(module) - level] if level else ()
            origins = (*start, *(origin.split(".") if origin else ()))
            return [(*origins, alias.name) for alias in aliases]
        case ast.Call(func=called, args=[ast.Constant(value=str(name)), *_]):
            by_name = {getattr(called, "id", ""), getattr(called, "attr", "")} & BY_NAME
            return [tuple(name.split("."))] if by_name else []
    return []


def allowed(room: str, target: tuple[str, ...]) -> bool:
    """Whether a room may import a target; names of `pipeline/__init__.py` itself are open to all."""
    other = target[1] if len(target) > 1 else "__init__"
    if other == room or other not in LAYER:
        return True
    return room != "__init__" and LAYER[other] < LAYER[room]


def test_imports_go_one_way() -> None:
    assert faults(PACKAGE) == []


def test_every_room_is_there_to_be_looked_at() -> None:
    rooms = {path.relative_to(PACKAGE).with_suffix("").parts[0] for path in PACKAGE.rglob("*.py")}
    assert {"errors", "schema", "values", "rules", "reading", "audit", "store", "run", "cli"} <= rooms


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("schema.py", "from pipeline.errors import PipelineError"),
        ("reading/pages.py", "from pipeline import schema, values"),
        ("reading/pages.py", "from pipeline.reading.ocr import read"),
        ("reading/signatures/view.py", "from ..pages import raster"),
        ("audit/check.py", "import pipeline.rules"),
        ("store/sqlite.py", "from .tables import TABLES"),
        ("store/sqlite.py", "import sqlite3, json"),
        ("run.py", "from pipeline import audit, isolate, reading, store"),
        ("cli.py", "def ingest():\n    from pipeline.run import ingest"),
        ("cli.py", "from pipeline import __version__"),
        ("review/page.py", "from pipeline.store import sqlite"),
        ("__main__.py", "from pipeline.cli import main"),
    ],
)
def test_a_tree_in_order_passes(tmp_path: Path, path: str, text: str) -> None:
    assert faults(tree(tmp_path, path, text)) == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("errors.py", "from pipeline import schema", "pipeline.errors: may not import pipeline.schema"),
        ("schema.py", "import pipeline.values", "pipeline.schema: may not import pipeline.values"),
        ("schema.py", "from .rules import load", "pipeline.schema: may not import pipeline.rules"),
        (
            "reading/pages.py",
            "from pipeline import store",
            "pipeline.reading.pages: may not import pipeline.store",
        ),
        (
            "audit/match.py",
            "from ..reading import pages",
            "pipeline.audit.match: may not import pipeline.reading",
        ),
        (
            "store/sqlite.py",
            "def f():\n    import pipeline.audit.check",
            "pipeline.store.sqlite: may not import pipeline.audit",
        ),
        (
            "isolate/child.py",
            "from ..reading import read",
            "pipeline.isolate.child: may not import pipeline.reading",
        ),
        (
            "store/sqlite.py",
            "from pipeline.run import ingest",
            "pipeline.store.sqlite: may not import pipeline.run",
        ),
        ("run.py", "import_module('pipeline.cli')", "pipeline.run: may not import pipeline.cli"),
        ("run.py", "importlib.import_module('pipeline.cli')", "pipeline.run: may not import pipeline.cli"),
        (
            "review/page.py",
            "from pipeline.cli import main",
            "pipeline.review.page: may not import pipeline.cli",
        ),
        ("__init__.py", "from pipeline.cli import main", "pipeline.__init__: may not import pipeline.cli"),
        (
            "reading/__init__.py",
            "from ..store import sqlite",
            "pipeline.reading.__init__: may not import pipeline.store",
        ),
        ("helpers.py", "", "pipeline.helpers: has no place in the order"),
        (
            "run.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING: ...",
            "pipeline.run: TYPE_CHECKING hides a knot",
        ),
        ("run.py", "import typing\nif typing.TYPE_CHECKING: ...", "pipeline.run: TYPE_CHECKING hides a knot"),
    ],
)
def test_a_tree_out_of_order_is_refused(tmp_path: Path, path: str, text: str, fault: str) -> None:
    assert faults(tree(tmp_path, path, text)) == [fault]


def tree(folder: Path, path: str, text: str) -> Path:
    """A package of one module."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
    return folder
