"""`pakta rules try`: what one rule finds in one document, as text and drawn over its pages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline import rules as rulebook
from pipeline.cli.screen import cell, screen, table
from pipeline.errors import InputError, StorageError, UsageError
from pipeline.reading.picture import Mark
from pipeline.rules import Rules
from pipeline.run.attempt import findings_of
from pipeline.run.reasons import reasons, sentence
from pipeline.run.settings import settings
from pipeline.run.trial import pictures, reading
from pipeline.schema import Box, Fact, Reading, Signature

ROOMS = ("types", "checks")
NOTHING = 1  # exit code
SLOT = "signature"  # the rule of a place to sign


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is to be tried on which document, and how it is to be shown."""

    rule: str
    file: Path
    out: Path | None
    cache: Path | None
    rules: Path | None
    ocr: bool
    with_nip: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that a rule found: what it is called, its words, its meaning, its rule and its place."""

    name: str
    text: str | None
    data: object
    rule: str
    page: int | None
    box: Box | None
    confidence: float


def show(wanted: Attempt) -> int:
    """Show what the rule finds; the exit code: 1 where it finds nothing."""
    overlay, name = _rule(wanted)
    loaded = rulebook.load(overlay)
    with _cache(wanted) as cache:
        entry, answer = reading(wanted.file, loaded, cache)
    if answer.value is None:
        raise InputError(f"{entry.shown}: {sentence(answer.reason, reasons(overlay))}")
    seen = list(_seen(answer.value, name, loaded, overlay))
    if not seen and name not in _known(answer.value, loaded):
        raise UsageError(
            f"aturan '{name}' tidak ada / there is no such rule; {', '.join(_known(answer.value, loaded))}"
        )
    rows = [(s.name, s.text, s.data, s.page, s.confidence, s.rule) for s in seen]
    headings = (
        "nilai / value",
        "tercetak / printed",
        "arti / meaning",
        "hal. / page",
        "yakin / sure",
        "aturan / rule",
    )
    screen().print(table(f"{name}: {cell(entry.shown)}", headings, rows, with_nip=wanted.with_nip))
    if wanted.out is not None:
        _draw(wanted, seen)
    return 0 if seen else NOTHING


def _rule(wanted: Attempt) -> tuple[Path | None, str]:
    """The rules to go by and the name of the rule; a rule named by its file lies in an office's own rules."""
    path = Path(wanted.rule)
    if path.suffix != ".toml":
        return wanted.rules, wanted.rule
    if not path.is_file() or path.parent.name not in ROOMS:
        raise UsageError(f"{path}: bukan berkas di types/ atau checks/ / not a file of types/ or checks/")
    return path.resolve().parent.parent, path.stem


@contextmanager
def _cache(wanted: Attempt) -> Iterator[Path | None]:
    """Where OCR keeps what it reads; for one document, a folder that goes again."""
    if not wanted.ocr or wanted.cache is not None:
        yield wanted.cache if wanted.ocr else None
        return
    with tempfile.TemporaryDirectory(prefix="pakta-") as folder:
        yield Path(folder)


def _seen(found: Reading, name: str, rules: Rules, overlay: Path | None) -> Iterator[Seen]:
    if name in {check.id for check in rules.checks}:
        yield from (
            Seen(one.check_id, one.message, one.severity, one.check_id, one.page, _place(one), 1.0)
            for one in findings_of(found, rules, settings(rules, overlay), name)
        )
        return
    types = {kind.id for kind in rules.types}
    for agreement in found.agreements:
        every = list(_facts(agreement, agreement.type))
        if name in types:
            yield from every if agreement.type == name else ()
        else:
            yield from (seen for seen in every if _named(seen, name))


def _place(one: Any) -> Box | None:
    return None if one.x0 is None else Box(one.x0, one.top, one.x1, one.bottom)


def _named(seen: Seen, name: str) -> bool:
    return (
        seen.rule.split(":")[0] == name or seen.rule == name or seen.name.rsplit(".", maxsplit=1)[-1] == name
    )


def _facts(record: object, path: str) -> Iterator[Seen]:
    """All facts and signatures inside a record, each called after where it is kept."""
    for field in fields(record):  # type: ignore[arg-type] # a dataclass
        value = getattr(record, field.name)
        if field.name == "also":
            yield from (_fact(f"{path}.{name}", fact) for name, fact in value)
        elif isinstance(value, Fact):
            yield _fact(f"{path}.{field.name}", value)
        elif isinstance(value, tuple):
            for at, inner in enumerate(value, 1):
                yield from _record(inner, f"{field.name}.{at}")


def _record(record: object, path: str) -> Iterator[Seen]:
    if isinstance(record, Signature):
        yield Seen(
            f"{path}.{record.role}",
            record.name,
            f"{record.state}, {record.method}",
            SLOT,
            record.page,
            _place(record),
            record.confidence,
        )
    else:
        yield from _facts(record, path)


def _fact(name: str, fact: Fact) -> Seen:
    return Seen(name, fact.text, fact.data, fact.rule, fact.page, fact.box, fact.confidence)


def _known(found: Reading, rules: Rules) -> list[str]:
    facts = {seen.rule.split(":")[0] for one in found.agreements for seen in _facts(one, one.type)}
    return sorted({kind.id for kind in rules.types} | {check.id for check in rules.checks} | facts)


def _label(seen: Seen) -> str:
    """What is written beside a box: the field; of a place to sign also whether it is signed."""
    name = seen.name.rsplit(".", maxsplit=1)[-1]
    return f"{name}: {seen.data}" if seen.rule == SLOT else name


def _draw(wanted: Attempt, seen: list[Seen]) -> None:
    marks = [Mark(s.page, s.box, _label(s)) for s in seen if s.page and s.box]
    try:
        assert wanted.out is not None  # noqa: S101 - asked before
        wanted.out.mkdir(parents=True, exist_ok=True)
        for shot in pictures(wanted.file, marks):
            path = wanted.out / f"page-{shot.page:03}.png"
            path.write_bytes(shot.png)
            screen().print(cell(path), soft_wrap=True)
    except OSError as error:
        raise StorageError(
            f"{wanted.out}: tidak dapat ditulis / cannot be written ({error.strerror})"
        ) from error
