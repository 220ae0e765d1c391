"""The wheel holds the package, the rules and the samples, all of them and nothing else."""

import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]
NOT_SHIPPED = {"__pycache__", "drawing", "make.py"}
SHIPPED = {"pipeline": "pipeline", "rules": "pipeline/_rules", "samples": "pipeline/_samples"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel of this checkout, opened."""
    built = next(
        WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    )
    return zipfile.Path(built)


def files(top: Path) -> set[str]:
    """The files under a folder that are to be shipped, relative to it: no leftovers of a run, no tools."""
    found = {path.relative_to(top) for path in top.rglob("*") if path.is_file()}
    return {path.as_posix() for path in found if not NOT_SHIPPED & set(path.parts)}


def members(wheel: zipfile.Path) -> set[str]:
    """The files in the wheel."""
    return {name for name in wheel.root.namelist() if not name.endswith("/")}


@pytest.mark.parametrize("folder", SHIPPED)
def test_everything_in_a_shipped_folder_is_in_the_wheel(wheel: zipfile.Path, folder: str) -> None:
    expected = files(ROOT / folder)
    assert expected
    assert {f"{SHIPPED[folder]}/{name}" for name in expected} <= members(wheel)


def test_nothing_else_is_in_the_wheel(wheel: zipfile.Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    shipped = {f"{inside}/{name}" for folder, inside in SHIPPED.items() for name in files(ROOT / folder)}
    about = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}
    assert members(wheel) == shipped | {f"pakta-{version}.dist-info/{name}" for name in about}


def test_the_wheel_installs_one_command(wheel: zipfile.Path) -> None:
    (entry,) = (name for name in members(wheel) if name.endswith("entry_points.txt"))
    assert wheel.joinpath(entry).read_text().split() == [
        "[console_scripts]",
        "pakta",
        "=",
        "pipeline.cli:main",
    ]
