"""Memory that is given back is used again."""

from __future__ import annotations

import subprocess
import sys

import pytest

PAGE_AFTER_PAGE = """
import resource, sys
from pipeline.reading.heap import steady
if sys.argv[1] == "steady":
    steady()
for round in range(6):
    if round == 2:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    b"x" * (40_000_000 + round)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how: str) -> int:
    said = subprocess.run([sys.executable, "-c", PAGE_AFTER_PAGE, how], capture_output=True, check=True)
    return int(said.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc can be told so")
def test_picture_after_picture_lies_where_the_last_one_lay() -> None:
    usual = faults("as usual")
    if usual < 10_000:
        pytest.skip("this libc keeps its memory, or the kernel gives it in large pieces")

    assert faults("steady") < usual / 20
