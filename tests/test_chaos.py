"""A sample of the attack on any ingester (docs/trust.md): everything accounted for, two runs at once."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROBUST = Path(__file__).parents[2] / "shared" / "robust"
SAMPLES = Path(__file__).parents[1] / "samples" / "documents" / "Kiriman"
INGEST = (
    f"{sys.executable} -c 'from pipeline.cli import main; main()'"
    " ingest {folder} --db {db} --jobs {jobs} --no-ocr"
)
ACCOUNTED = "SELECT path, status, reason FROM files"
STATUS = {
    "STATUS_OK": ["loaded", "duplicate"],
    "STATUS_FLAGGED": ["held"],
    "STATUS_FAILED": ["failed"],
    "STATUS_SKIPPED": ["skipped"],
}


@pytest.mark.skipif(not ROBUST.exists(), reason="what attacks it is not part of the project")
def test_a_hostile_folder_costs_nothing_and_nobody(tmp_path: Path) -> None:
    make = [sys.executable, str(ROBUST / "make_hostile.py"), "none", "--only-nodes", "--nodes", "nodes"]
    subprocess.run(make, cwd=tmp_path, check=True, capture_output=True)
    shutil.copytree(SAMPLES, tmp_path / "kiriman")
    (tmp_path / "chaos.json").write_text(json.dumps(STATUS), encoding="utf-8")
    corpora = ["--corpus", "nodes", "--corpus", "kiriman", "--config", "chaos.json", "--sample", "12"]
    attack = [sys.executable, str(ROBUST / "chaos.py"), "--ingest", INGEST, "--accounted", ACCOUNTED]
    shown = subprocess.run(
        [*attack, *corpora, "--only", "account,two"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert "0 problem(s) in 2 case(s)" in shown.stdout
