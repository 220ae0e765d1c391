"""What audits the locked packages: nothing is called clean that was not looked up."""

import doctest
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "audit.lock")


def load() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("audit_script", ROOT / ".ci" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


audit = load()


def answered(name: str, *ids: str) -> dict[str, Any]:
    return {"name": name, "version": "1", "vulns": [{"id": one} for one in ids]}


@pytest.mark.parametrize(
    ("found", "code", "told"),
    [
        ([answered("A_b"), answered("c")], 0, "none is vulnerable"),
        ([answered("A_b"), answered("c", "CVE-2025-64512")], 1, "c: CVE-2025-64512"),
        ([answered("a-b")], 2, "1 packages could not be audited"),
        ([answered("a-b"), {"name": "c", "skip_reason": "not found"}], 2, "NOT called clean: c"),
        ([], 2, "2 packages could not"),
    ],
)
def test_each_package_has_to_be_answered_for(found: list[dict[str, Any]], code: int, told: str) -> None:
    verdict = audit.verdict({"a-b", "c"}, {"dependencies": found})
    assert verdict[0] == code
    assert told in verdict[1]


def test_a_tool_that_says_nothing_is_no_clean_bill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.lock").write_text("a==1\n", encoding="utf-8")
    monkeypatch.setattr(audit, "COMMAND", ("-c", "print('No known vulnerabilities found')"))
    assert audit.main([str(tmp_path / "x.lock")]) == 2
    report = json.dumps({"dependencies": [answered("a")]})
    monkeypatch.setattr(audit, "COMMAND", ("-c", f"print({report!r})"))
    assert audit.main([str(tmp_path / "x.lock")]) == 0


@pytest.mark.parametrize("name", LOCKS)
def test_the_names_of_a_lock_are_found(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line[:1].isalnum()]
    assert audit.locked(text) == {audit.plain(line.split("==")[0]) for line in lines}
    assert not [host for host in ("://", "index-url", "find-links") if host in text]


def test_the_examples_hold() -> None:
    assert doctest.testmod(audit).failed == 0
    assert sys.version_info >= (3, 11)
