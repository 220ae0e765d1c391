"""Ours and the plain script on the same files, in turns: what each costs, with and without its start."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT, Cost, cost, least, python
from benchmarks.parts import DONE, PAKTA, Part, parts

PEERS = {"digital": "plain_pdfplumber", "scanned": "bare_rapidocr"}
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Runner:
    """What one of the two costs: over all files, and over one small page that it has to start for as well."""

    whole: Cost
    start: Cost

    @property
    def work(self) -> float:
        """Seconds of processor time without the start."""
        return self.whole.cpu - self.start.cpu


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both on one part of a folder."""

    folder: str
    part: str
    files: int
    pages: int
    peer: Runner
    ours: Runner
    registry: float = 0.0  # seconds more that the staff registry beside the folder takes ours, once

    @property
    def ratio(self) -> float:
        """Processor time of ours by that of the plain script, starts included."""
        return self.ours.whole.cpu / self.peer.whole.cpu

    @property
    def ratio_of_work(self) -> float:
        """The same without the starts."""
        return self.ours.work / self.peer.work


def compared(folder: Path, most: int, repeat: int, tell: Tell) -> Iterator[Comparison]:
    """Digital and scanned files of a folder; `most` pages of scans; each run `repeat` times in turns.

    Ours reads no staff registry, as its peers do not; what one beside the folder takes is told apart.
    Raises RuntimeError where a run fails.
    """
    with tempfile.TemporaryDirectory(prefix="pakta-bench-") as place:
        beside = _registry(folder)
        for part in parts(folder, Path(place), most):
            tell(f"{_name(folder)}: {part.name}, {part.files} files, {part.pages} pages")
            peer, ours = _both(part, repeat, tell)
            more = max(0.0, _ours(part.start, beside).cpu - ours.start.cpu) if beside else 0.0
            yield Comparison(_name(folder), part.name, part.files, part.pages, peer, ours, more)


def _both(part: Part, repeat: int, tell: Tell) -> tuple[Runner, Runner]:
    turns = []
    for number in range(1, repeat + 1):
        turn = _turn(part)
        turns.append(turn)
        tell(
            f"  {number}/{repeat}: " + ", ".join(f"{name} {found.cpu:.1f} s" for name, found in turn.items())
        )
    costs = {name: least(turn[name] for turn in turns) for name in turns[0]}
    return Runner(costs["peer"], costs["peer start"]), Runner(costs["ours"], costs["ours start"])


def _turn(part: Part) -> dict[str, Cost]:
    return {
        "peer start": _peer(part, part.start),
        "ours start": _ours(part.start),
        "peer": _peer(part, part.folder),
        "ours": _ours(part.folder),
    }


def _peer(part: Part, folder: Path) -> Cost:
    return cost(python("-m", f"benchmarks.peers.{PEERS[part.name]}", str(folder)))


def _ours(folder: Path, registry: Sequence[str] = ()) -> Cost:
    """The whole program: a new database, nothing remembered of any scan, one document at a time."""
    with tempfile.TemporaryDirectory(prefix="pakta-bench-") as fresh:
        db = Path(fresh) / "fresh.db"
        return cost([*PAKTA, "ingest", str(folder), "--db", str(db), "--jobs", "1", *registry], done=DONE)


def _registry(folder: Path) -> list[str]:
    beside = folder.parent / "registry.csv"
    return ["--registry", str(beside)] if beside.exists() else []


def _name(folder: Path) -> str:
    within = folder.resolve()
    return within.relative_to(ROOT).as_posix() if within.is_relative_to(ROOT) else within.parent.name
