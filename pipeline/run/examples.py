"""The examples that rules carry: does each rule still do what its author showed?"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.duties import FAR, Duty, example_person
from pipeline.audit.obligations import Book, claimed
from pipeline.audit.seats import seats
from pipeline.audit.settings import Settings
from pipeline.audit.try_check import test_rule
from pipeline.reading.leaf import leaf
from pipeline.reading.segment import segments
from pipeline.rules import Rules, TypeExample, TypeRule
from pipeline.schema import Box, Layout, Page, Word

WIDTH, HEIGHT = 595.0, 842.0  # of an A4 page, points
TOP, LINE, SIZE = 70.0, 18.0, 11.0
LETTER = 0.55  # width of a letter by its size


def faults(rules: Rules, known: Settings, only: str = "") -> Iterator[tuple[str, list[str]]]:
    """The rules that have examples, by name, and what is wrong with each; `only` one, where it is named."""
    for check in rules.checks:
        if only in {"", check.id}:
            yield f"checks/{check.id}", test_rule(check, known.glossary)
    for kind in rules.types:
        if only in {"", kind.id}:
            yield f"types/{kind.id}", list(_of_type(kind, rules))
    for duty in known.obligations:
        if only in {"", duty.id}:
            yield f"obligations/{duty.id}", list(_of_duty(duty, rules, known))


def _of_duty(duty: Duty, rules: Rules, known: Settings) -> Iterator[str]:
    """A rule of who owes what needs an example that owes and one that does not."""
    states = {example.state == "missing" for example in duty.example}
    if states != {True, False}:
        yield f"{duty.id}: perlu contoh yang wajib dan yang tidak / needs an example that owes and one not"
    book = Book((duty,), known.duties, known.registry, {}, FAR)
    for number, example in enumerate(duty.example, 1):
        seat = next(seats([example_person(example)], (), {}, rules.words))
        claim = claimed(seat, duty, example.year, book)
        found = ("none", None) if claim is None else (claim.state, claim.reason)
        if found != (example.state, example.reason):
            yield f"{duty.id}, contoh / example {number}: {found}, {(example.state, example.reason)}"


def _of_type(kind: TypeRule, rules: Rules) -> Iterator[str]:
    for number, example in enumerate(kind.example, 1):
        found = segments([leaf(page(example), rules)], rules)[0].type.id
        if (found == kind.id) != example.is_type:
            wanted = kind.id if example.is_type else f"bukan / not {kind.id}"
            yield f"{kind.id}, contoh / example {number}: {found}, diharapkan / expected {wanted}"


def page(example: TypeExample) -> Layout:
    """The lines of an example as a page: each in the middle, one below the other."""
    words = tuple(word for at, line in enumerate(example.lines) for word in _line(line, TOP + at * LINE))
    return Layout(Page(1, WIDTH, HEIGHT), words, width=WIDTH, height=HEIGHT)


def _line(text: str, top: float) -> Iterator[Word]:
    x = (WIDTH - len(text) * SIZE * LETTER) / 2
    for part in text.split():
        width = len(part) * SIZE * LETTER
        yield Word(part, Box(x, top, x + width, top + SIZE), SIZE)
        x += width + SIZE * LETTER
