"""The lock file fits the project, and says nothing of where packages come from."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))?(?P<hashes>(?: \\\n .*)*)$", re.M
)


OPTIONAL = {
    "openvino",
    "parquet",
    "tesseract",
}  # large, and nothing that demo or test needs


def wanted(*, optional: bool = False) -> list[str]:
    """Every requirement of the project: to run, to analyse, to build and to develop."""
    project = PROJECT["project"]
    named = project["optional-dependencies"].items()
    extras = [needs for name, needs in named if optional or name not in OPTIONAL]
    groups = [needs for name, needs in PROJECT["dependency-groups"].items() if name != "audit"]
    return [*project["dependencies"], *chain(*extras), *chain(*groups), *PROJECT["build-system"]["requires"]]


def locked() -> dict[str, str]:
    """The version of each package that this interpreter would get."""
    entries = [entry for entry in ENTRY.finditer(LOCK) if holds(entry["marker"])]
    return {canonicalize_name(entry["name"]): entry["version"] for entry in entries}


def holds(marker: str | None) -> bool:
    """Whether an entry is meant for this interpreter."""
    return marker is None or Marker(marker).evaluate()


@pytest.mark.parametrize("requirement", wanted())
def test_what_the_project_asks_for_is_locked(requirement: str) -> None:
    asked = Requirement(requirement)
    assert asked.specifier.contains(locked()[canonicalize_name(asked.name)]), requirement


def test_every_entry_carries_a_hash() -> None:
    entries = list(ENTRY.finditer(LOCK))
    assert [entry["name"] for entry in entries if "--hash=sha256:" not in entry["hashes"]] == []
    assert len(entries) == len(re.findall(r"^\w", LOCK, re.M))


def test_the_lock_names_no_place() -> None:
    assert re.findall(r"://|^\s*-+(?:index|extra-index|find-links|trusted)\S*", LOCK, re.M) == []


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if re.match(r'    "[\w.-]+[<>=~!].*",', line)]
    audit = PROJECT["dependency-groups"]["audit"]
    assert len(pinned) == len(wanted(optional=True)) + len(audit) - len(PROJECT["build-system"]["requires"])
    assert [line for line in pinned if not re.search(r", +# \w", line)] == []
