"""Try an installed wheel as its user would, away from the checkout: VENV/bin/python -I .ci/smoke.py"""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tempfile
from pathlib import Path

import sqlite_utils

import pipeline

PAKTA = Path(sys.executable).with_name("pakta")
PACKAGE = Path(pipeline.__file__).resolve().parent
SAMPLES = PACKAGE / "_samples"
DONE = {0, 1}  # complete; complete, and something waits for a person
FILLED = ("files", "pages", "agreements", "parties", "indicators", "signatures", "staff", "findings")


def said(*arguments: str | Path, folder: str) -> str:
    """What `pakta` with these arguments prints. AssertionError where it does not do its work."""
    answer = subprocess.run([PAKTA, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert answer.returncode in DONE, f"{arguments}: {answer.returncode}\n{answer.stdout}{answer.stderr}"
    assert "Traceback" not in answer.stderr, answer.stderr
    return answer.stdout


def read_samples(folder: str) -> None:
    """Read the samples that came with the wheel. AssertionError where a table to fill stays empty."""
    database = Path(folder, "smoke.db")
    said("ingest", SAMPLES, "--registry", SAMPLES / "registry.csv", "--db", database, folder=folder)
    tables = sqlite_utils.Database(database)
    empty = [name for name in FILLED if not tables.table(name).count]
    assert not empty, f"nothing in {empty} after reading {SAMPLES}"
    assert said("findings", "--db", database, folder=folder).strip()


def main() -> None:
    """Say that the wheel works. AssertionError where it does not."""
    version = importlib.metadata.version("pakta")
    assert PACKAGE.is_relative_to(sys.prefix), f"{PACKAGE} is not what was installed"
    with tempfile.TemporaryDirectory() as folder:
        assert version in said("--version", folder=folder)
        read_samples(folder)
    print(f"pakta {version}: the wheel works, with its own rules and samples")


if __name__ == "__main__":
    main()
