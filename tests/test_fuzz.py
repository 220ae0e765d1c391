"""Whatever a child says, whatever is printed, however a file is called: an answer, or a refusal of ours.

PAKTA_LONG=1 tries a hundred times as much.
"""

import os
from urllib.parse import unquote_to_bytes

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.cli.words import masked
from pipeline.errors import OwnError, StorageError
from pipeline.isolate.door import packed, unpacked
from pipeline.isolate.task import Answer, Wire
from pipeline.reading.paths import decoded, encoded, shown
from pipeline.schema import Agreement, Fact, Page, Party, Reading
from pipeline.store.formats import FORMULA, plain
from pipeline.values import texts

LONG = settings(max_examples=20_000 if os.environ.get("PAKTA_LONG") else 200)
DECODER = msgspec.json.Decoder(Wire[Reading])
BARRED = frozenset(map(chr, (*range(9), *range(11, 32), *range(127, 160), *range(0xD800, 0xE000))))
ANY = st.text(st.characters(codec=None))  # surrogates too
NAME = st.binary(min_size=1, max_size=80).filter(lambda name: b"\0" not in name and b"/" not in name)


def reading(said: str, number: float) -> Reading:
    party = Party(name=Fact(said, said, said, 1, confidence=0.5))
    return Reading(said, said, (Page(1, number, number, text=said),), (Agreement(parties=(party,)),))


@LONG
@given(st.binary(max_size=300))
@example(b'{"value": {"sha256": "a"}}')
@example(b"[" * 20_000)
def test_any_bytes_of_a_child_are_an_answer_or_our_fault(raw: bytes) -> None:
    try:
        answer = unpacked(raw, DECODER)
    except (OwnError, StorageError):
        return
    assert isinstance(answer, Answer)


@LONG
@given(st.data(), ANY)
def test_a_torn_answer_is_never_another_answer(data: st.DataObject, said: str) -> None:
    whole = packed(Wire(reading(said, 1.0)))
    cut = data.draw(st.integers(0, len(whole) - 1))
    try:
        unpacked(whole[:cut], DECODER)
    except OwnError:
        return
    raise AssertionError(cut)


@LONG
@given(ANY, st.floats(0, 1e6))
def test_what_comes_through_the_door_holds_nothing_barred(said: str, number: float) -> None:
    value = unpacked(packed(Wire(reading(said, number))), DECODER).value
    assert value is not None
    heard = value.pages[0].text
    assert not BARRED & set(heard)
    assert value.pages[0].width == number
    assert unpacked(packed(Wire(value)), DECODER).value == value
    assert value.agreements[0].parties[0].name == Fact(heard, heard, heard, 1, confidence=0.5)


@LONG
@given(NAME)
def test_any_name_of_a_file_is_kept_byte_for_byte(name: bytes) -> None:
    path = os.fsdecode(name)
    assert os.fsencode(decoded(encoded(path))) == name == unquote_to_bytes(encoded(path))
    assert encoded(path).isascii()
    assert shown(path).isprintable()


@LONG
@given(ANY)
def test_nothing_printed_acts_on_a_terminal_or_a_spreadsheet(said: str) -> None:
    assert not BARRED & set(masked(said))
    cell = str(plain(said))
    first = next((sign for sign in cell if not sign.isspace()), "")
    assert first not in FORMULA or not first


@LONG
@given(ANY)
def test_texts_made_plain_stay_so(said: str) -> None:
    once = texts.text(said)
    assert texts.text(once) == once
    assert not BARRED & set(once)
    assert texts.folded(texts.folded(once)) == texts.folded(once)
