"""How electronic signatures of files made by others are told, beside what their makers say of them.

python -m benchmarks.certificates [--folder DIR]    a table; 1 where a file is told otherwise
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.measure import ROOT
from pipeline.reading.signatures.certificate import certificates
from pipeline.schema import Certificate

FILES = ROOT.parent / "shared" / "devset" / "pades"  # signed, forged and unsigned files, and cases.csv
WORST = ("broken", "changed", None, "valid")  # what is said of a file with several signatures
SAID = {  # what cases.csv says, and how that is told
    "intact_untrusted": "valid",
    "signed_by_other": "valid",
    "changed_after_signing": "changed",
    "tampered": "broken",
    "indeterminate": "cannot be checked",
    "unsigned_field": "no signature",
    "no_signature": "no signature",
}
NO, UNSURE = "no signature", "cannot be checked"


@dataclass(frozen=True, slots=True)
class Case:
    """A file, what is expected of it, what is told, by how many signatures, in how much processor time."""

    name: str
    expected: str
    told: str
    signatures: int
    seconds: float

    @property
    def right(self) -> bool:
        """Whether it is told as expected."""
        return SAID[self.expected] == self.told

    @property
    def accepted(self) -> bool:
        """Whether it is taken for valid and is not: the error that must not happen."""
        return self.told == "valid" and SAID[self.expected] != "valid"


def told(found: tuple[Certificate, ...]) -> str:
    """What is said of a file: the worst of its signatures."""
    if not found:
        return NO
    states = {one.intact for one in found}
    return next(state for state in WORST if state in states) or UNSURE


def cases(folder: Path) -> Iterator[Case]:
    """The files that cases.csv lists, each judged with no root trusted."""
    with (folder / "cases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            data, start = (folder / row["file"]).read_bytes(), time.process_time()
            found = certificates(data, ())
            spent = time.process_time() - start
            yield Case(row["file"], row["expected"], told(found), len(found), spent)


@click.command()
@click.option("--folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=FILES)
def main(folder: Path) -> None:
    """Print the table, and the sums below it."""
    found = list(cases(folder))
    for one in found:
        mark = " " if one.right else "X"
        said = f"{one.expected:22} {one.told:18} {one.signatures:3} {one.seconds:6.2f} s"
        click.echo(f"{mark} {one.name[:64]:64} {said}")
    right, accepted = sum(one.right for one in found), sum(one.accepted for one in found)
    click.echo(f"{right} of {len(found)} as expected; {accepted} taken for valid that are not")
    sys.exit(right != len(found))


if __name__ == "__main__":
    main()
