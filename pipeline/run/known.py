"""What the database holds already, and so what is to be done with an entry."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline import __version__
from pipeline.errors import OwnError
from pipeline.isolate.task import Answer
from pipeline.rules import Rules
from pipeline.run.balance import NEEDS_PERSON
from pipeline.run.runs import digest
from pipeline.schema import ENGINES, Entry, Reading
from pipeline.store.sqlite import entries_seen, has

Action = Literal["keep", "note", "read", "same"]

SAME = "same-content"
OCR_OFF = "ocr-off"
TRIED = """
    SELECT f.path FROM files f JOIN runs r ON r.id = f.run_id
    WHERE f.status IN ('failed', 'held') AND r.version = ? AND r.rules = ? AND f.reason IS NOT ?
"""
FORGOTTEN = "SELECT sha256 FROM erasures"
TROUBLED = "SELECT sha256 FROM sources WHERE problems IS NOT NULL"
TRUSTED_OTHERWISE = "SELECT sha256 FROM sources WHERE trust IS NOT NULL AND trust <> ?"


def key(rules: Rules, *, whole: bool = True, engine: str = "") -> str:
    """What a reading depends on beside the content: the OCR engine, where one was used.

    Not `whole`: pages were left out for lack of OCR.
    """
    used = "" if not engine else f"-{engine}"
    return f"{rules.digest}-{__version__}{used}{'' if whole else '-no-ocr'}"


@dataclass(frozen=True, slots=True)
class Known:
    """What the database held before a run; and the contents met in this one, with what became of them."""

    connection: sqlite3.Connection
    keys: tuple[str, ...]  # a reading under one of these need not be made again
    seen: dict[str, Entry]
    tried: frozenset[str]  # paths that failed under the same rules and version
    again: frozenset[str]  # contents to be read again although they were read: other roots are trusted now
    retry: bool
    engine: str = ENGINES[0]
    forgotten: frozenset[str] = frozenset()  # contents that are not read again
    met: dict[str, Entry] = field(default_factory=dict)

    def remembered(self, entry: Entry) -> Entry:
        """The entry; of what was forgotten nothing but that it lies there still."""
        if entry.sha256 not in self.forgotten:
            return entry
        return replace(entry, sha256=None, status="skipped", reason="forgotten")

    def action(self, entry: Entry) -> Action:
        """Keep what stands there, note what is known already, read it, or wait for the same content."""
        if entry.sha256 is None or entry.status is not None:
            return "keep" if self.seen.get(entry.path) == entry else "note"
        if entry.sha256 in self.met:
            return "same"
        self.met[entry.sha256] = entry
        return self._first(entry, self.seen.get(entry.path))

    def _first(self, entry: Entry, before: Entry | None) -> Action:
        """The same for content that is met for the first time in this run."""
        unchanged = before is not None and before.sha256 == entry.sha256
        unfinished = unchanged and before is not None and before.status in NEEDS_PERSON
        sha256 = entry.sha256 or ""
        if sha256 in self.again or (unfinished and self.retry):
            return "read"
        if any(has(self.connection, sha256, key) for key in self.keys):
            return "keep" if unchanged else "same"
        return "keep" if unfinished and entry.path in self.tried else "read"

    def kept(self, entry: Entry) -> Entry:
        """The entry with the status that it has in the database."""
        return self.seen[entry.path]

    def shared(self, entry: Entry) -> Entry:
        """An entry with content that stands elsewhere: a duplicate, unless that could not be read either."""
        first = self.met[entry.sha256 or ""]
        if first.status in NEEDS_PERSON:
            return replace(entry, status=first.status, reason=first.reason)
        return replace(entry, status="duplicate", reason=SAME)


def known(
    connection: sqlite3.Connection, rules: Rules, *, ocr: bool, retry: bool, engine: str = ENGINES[0]
) -> Known:
    """What stands in the database. With `ocr`, what was left for lack of it, or read by another engine than
    `engine`, is to be read."""
    wanted = [key(rules), *(key(rules, engine=one) for one in ((engine,) if ocr else ENGINES))]
    wanted += [] if ocr else [key(rules, whole=False)]
    tried = connection.execute(TRIED, (__version__, digest(rules), OCR_OFF if ocr else None))
    again = [*connection.execute(TRUSTED_OTHERWISE, (rules.trust_digest,))]
    again += connection.execute(TROUBLED) if retry else ()
    return Known(
        connection,
        tuple(wanted),
        entries_seen(connection),
        frozenset(row[0] for row in tried),
        frozenset(row[0] for row in again),
        retry,
        engine,
        frozenset(row[0] for row in connection.execute(FORGOTTEN)),
    )


def judged(entry: Entry, answer: Answer[Reading]) -> tuple[Entry, Reading | None]:
    """What an answer makes of an entry, and the reading to keep. No document is silently empty.

    Raises OwnError for an answer about another document.
    """
    reading = answer.value
    if reading is None:
        return replace(entry, status="failed", reason=answer.reason or "unreadable"), None
    if reading.sha256 != entry.sha256:
        raise OwnError(f"{entry.shown}: jawaban untuk dokumen lain / an answer about another document")
    if answer.cleaned:
        reading = replace(reading, problems=(*reading.problems, "control-characters"))
    problems = [page.problem for page in reading.pages]
    if OCR_OFF in problems:
        return replace(entry, status="held", reason=OCR_OFF), reading
    if all(problems):
        return replace(entry, status="failed", reason=problems[0] if problems else "damaged"), reading
    return replace(entry, status="loaded"), reading
