"""A child may do what it likes: its neighbours are read, the run goes on, and the reason is told."""

import ctypes
import errno
import mmap
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.errors import OwnError, SourceError, StorageError
from pipeline.isolate.door import packed, unpacked
from pipeline.isolate.pool import answer, answers
from pipeline.isolate.task import Answer, Bare, Desk, Limits, Task, Wire
from pipeline.schema import Fact, Page, Reading
from tests.children import children

QUICK = Limits(seconds=1, silence=2.0, memory=96 << 20, answer=1 << 20)


def task(key: str = "", data: bytes = b"isi") -> Task[str]:
    def opened() -> int:
        heard, said = os.pipe()
        os.write(said, data)
        os.close(said)
        return heard

    return Task(key, len(data), opened)


def outcome(work: Callable[[str, Desk], Any], limits: Limits = QUICK) -> Answer[str]:
    return answer(task("x"), work, str, limits)


def fail(error: Exception) -> Callable[[str, Desk], str]:
    def work(_: str, __: Desk) -> str:
        raise error

    return work


def test_a_child_reads_what_is_behind_its_descriptor() -> None:
    assert outcome(lambda _, desk: os.read(desk.descriptor, 99).decode()) == Answer("isi")


def test_a_record_comes_back_as_it_went() -> None:
    page = Page(1, 595.0, 842.0, text="Nama :\n\tBudi", quality=0.5)
    reading = Reading("ab", "application/pdf", (page,), (), ("page-damaged",))
    assert answer(task(), lambda *_: reading, Reading).value == reading


def test_the_reason_of_a_refusal_is_told() -> None:
    refused = outcome(fail(SourceError("password", "AES")))
    assert (refused.reason, refused.detail, refused.value) == ("password", "AES", None)


def test_a_source_that_cannot_be_opened_needs_no_child() -> None:
    def gone() -> int:
        raise SourceError("changed")

    assert answer(Task("x", 0, gone), lambda *_: "", str).reason == "changed"


@pytest.mark.parametrize(
    ("error", "told"),
    [(ValueError("x"), "ValueError"), (KeyError("x"), "KeyError"), (RecursionError(), "Recursion")],
)
def test_an_error_over_a_document_is_its_reason(error: Exception, told: str) -> None:
    refused = outcome(fail(error))
    assert refused.reason == "unreadable"
    assert refused.detail.startswith(told)
    assert "test_isolation.py" in refused.detail


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (ImportError("no cv2"), OwnError),
        (LookupError("unknown encoding"), OwnError),
        (PermissionError(errno.EACCES, "x"), OwnError),
        (OSError(errno.EMFILE, "x"), OwnError),
        (OwnError("x"), OwnError),
        (OSError(errno.ENOSPC, "x"), StorageError),
        (OSError(errno.EIO, "x"), StorageError),
    ],
)
def test_our_own_faults_are_never_blamed_on_a_document(error: Exception, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        outcome(fail(error))


def test_an_answer_of_another_kind_is_our_fault() -> None:
    with pytest.raises(OwnError, match="jawaban pembaca"):
        outcome(lambda *_: 5)


def die(how: Callable[[], Any]) -> Callable[[str, Desk], str]:
    def work(_: str, __: Desk) -> str:
        how()
        return "alive"

    return work


def spin() -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (os.abort, "crashed"),
        (lambda: ctypes.string_at(0), "crashed"),
        (lambda: os._exit(0), "crashed"),
        (lambda: os._exit(3), "crashed"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "out-of-memory"),
        (lambda: bytearray(1 << 30), "out-of-memory"),
        (lambda: [bytearray(1 << 20) for _ in range(2000)], "out-of-memory"),
        (spin, "timed-out"),
        (lambda: time.sleep(60), "timed-out"),
    ],
    ids=["abort", "segfault", "silent", "exit", "killed", "one-gib", "many-mib", "spins", "sleeps"],
)
def test_the_cause_of_a_death_is_told(how: Callable[[], Any], reason: str) -> None:
    assert outcome(die(how)).reason == reason


def test_an_answer_without_end_is_cut_off() -> None:
    assert outcome(lambda *_: "x" * (2 << 20)).reason == "too-much-text"


def test_a_child_may_not_write_files(tmp_path: Path) -> None:
    target = tmp_path / "x"
    target.touch()
    written = outcome(lambda *_: str(target.write_text("x", encoding="utf-8")))
    assert (written.value, written.reason) == (None, "reached-out")
    assert target.read_bytes() == b""


def standing() -> list[int]:
    """The descriptors that are open here."""

    def stands(descriptor: int) -> bool:
        try:
            return bool(os.fstat(descriptor))
        except OSError:
            return False

    return list(filter(stands, range(256)))


def test_a_child_sees_no_file_of_its_parent(tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w+") as held:
        seen = answer(task(), lambda *_: standing(), list[int]).value or []
        assert held.fileno() not in seen
    assert 3 <= len(seen) <= 5


def test_a_child_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    outcome(lambda *_: str(os.write(1, b"x") + os.write(2, b"y")))
    assert capfd.readouterr() == ("", "")


# ---------------------------------------------------------------- many


DEATHS: dict[str, Callable[[], Any]] = {
    "": lambda: None,
    "abort": os.abort,
    "spin": spin,
    "memory": lambda: bytearray(1 << 30),
}


def mixed(key: str, _: Desk) -> str:
    DEATHS.get(key, lambda: None)()
    return key


def test_no_neighbour_of_a_dying_child_is_lost() -> None:
    keys = [f"doc{n}" for n in range(30)]
    for place, bad in ((3, "abort"), (9, "spin"), (20, "memory"), (21, "abort")):
        keys.insert(place, bad)
    found = list(answers(map(task, keys), mixed, str, [Bare(), Bare(), Bare()], QUICK))
    assert sorted(key for key, _ in found) == sorted(keys)
    assert [a.value for k, a in found if k.startswith("doc")] == [k for k, _ in found if k.startswith("doc")]
    assert {(k, a.reason) for k, a in found if not k.startswith("doc")} == {
        ("abort", "crashed"),
        ("spin", "timed-out"),
        ("memory", "out-of-memory"),
    }


def test_who_dies_once_is_read_the_second_time() -> None:
    with mmap.mmap(-1, 256) as marks:  # children may write nothing but memory that they share

        def once(key: str, _: Desk) -> str:
            if marks[ord(key)]:
                return key
            marks[ord(key)] = 1
            os.abort()

        assert dict(answers(map(task, "ab"), once, str, [Bare(), Bare()], QUICK)) == {
            "a": Answer("a"),
            "b": Answer("b"),
        }


def test_the_second_try_is_made_alone() -> None:
    with mmap.mmap(-1, 256) as marks:

        def work(key: str, _: Desk) -> str:
            marks[ord(key)] = 1
            time.sleep(0.2 if key != "x" else 0.05)
            beside = sum(marks[:])
            marks[ord(key)] = 0
            if key == "x" and beside != 1:
                os.abort()
            return key

        found = dict(answers(map(task, "axbc"), work, str, [Bare(), Bare()], QUICK))
    assert {key: a.value for key, a in found.items()} == {k: k for k in "axbc"}


def test_a_document_is_read_without_the_parts_its_reader_dies_over() -> None:
    def parts(bad: str, desk: Desk) -> str:
        seen = ""
        for number in range(1, 5):
            desk.at(number)
            if number not in desk.without:
                DEATHS["abort" if str(number) in bad else ""]()
                seen += str(number)
        desk.at(0)
        DEATHS["abort" if "0" in bad else ""]()
        return seen

    read = {bad: answer(task(bad), parts, str, QUICK) for bad in ("", "3", "24", "124", "0")}
    assert {bad: found.value or found.reason for bad, found in read.items()} == {
        "": "1234",
        "3": "124",
        "24": "13",
        "124": "crashed",  # two may be left out
        "0": "crashed",  # over the whole
    }
    assert answer(task("3"), parts, str, replace(QUICK, left_out=0)).reason == "crashed"


def test_tasks_are_taken_only_when_a_slot_is_free() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[Task[str]]:
        for n in range(6):
            taken.append(n)
            yield task(str(n))

    ahead = [
        len(taken) - done for done, _ in enumerate(answers(tasks(), lambda k, _: k, str, [Bare(), Bare()]))
    ]
    assert max(ahead) <= 3


def test_ending_early_ends_the_children() -> None:
    def work(key: str, _: Desk) -> str:
        time.sleep(0 if key == "a" else 60)
        return key

    before = children()
    running = answers(map(task, "ab"), work, str, [Bare(), Bare()])
    assert next(running) == ("a", Answer("a"))
    assert children() > before
    running.close()
    assert children() == before


ORPHAN = """
import os, sys, time
from pipeline.isolate.pool import answer
from pipeline.isolate.task import Task

def work(key, desk):
    os.write(desk.descriptor, str(os.getpid()).encode())
    time.sleep(60)

answer(Task("x", 0, lambda: os.dup(int(sys.argv[1]))), work, str)
"""


def test_a_child_dies_with_its_parent() -> None:
    heard, said = os.pipe()
    parent = subprocess.Popen([sys.executable, "-c", ORPHAN, str(said)], pass_fds=[said])
    child = int(os.read(heard, 20))
    os.close(said)
    parent.kill()
    parent.wait()
    assert os.read(heard, 1) == b""  # the child held the other end; it is gone with it
    os.close(heard)
    assert not Path(f"/proc/{child}/fd/1").exists()


# ---------------------------------------------------------------- signs of life


class Noted(Bare):
    """A slot that notes what happens to it."""

    def __init__(self) -> None:
        self.noted: list[str] = []
        self.heard, self.said = os.pipe()

    def lend(self) -> int:
        return self.said

    def wanted(self) -> None:
        self.noted.append("wanted")

    def spoilt(self) -> None:
        self.noted.append("spoilt")


def test_a_slot_hears_what_its_child_wants() -> None:
    slot = Noted()

    def work(_: str, desk: Desk) -> str:
        desk.sign()
        time.sleep(0.1)
        assert desk.lent is not None
        os.write(desk.lent, b"picture")
        return "done"

    assert [a.value for _, a in answers([task()], work, str, [slot])] == ["done"]
    assert slot.noted == ["wanted"]
    assert os.read(slot.heard, 9) == b"picture"


def test_a_slot_hears_of_a_death() -> None:
    slot = Noted()
    list(answers([task()], die(os.abort), str, [slot]))
    assert slot.noted == ["spoilt"] * 3


def test_a_sign_of_life_buys_time() -> None:
    limits = Limits(seconds=1, seconds_a_sign=30, silence=1.0)  # three signs, each before the silence ends

    def work(_: str, desk: Desk) -> str:
        for _number in range(3):
            time.sleep(0.6)
            desk.sign()
        return str(resource.getrlimit(resource.RLIMIT_CPU)[0])

    assert answer(task(), work, str, limits).value == "91"


# ---------------------------------------------------------------- the door


def through(text: str) -> Answer[str]:
    return unpacked(packed(Wire(text)), msgspec.json.Decoder(Wire[str]))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("BUDI\x00SANTOSO", "BUDISANTOSO"),
        ("\x1b]0;x\x07\x1b[31mBUDI", "]0;x[31mBUDI"),
        ("BU\x08DI\x0c\r", "BUDI"),
        ("BUDI\x85\x9bS\x7f", "BUDIS"),
        ("BUDI\ud800S", "BUDI\ufffdS"),
    ],
)
def test_what_no_text_may_hold_is_removed_and_said(said: str, heard: str) -> None:
    assert through(said) == Answer(heard, cleaned=True)


@pytest.mark.parametrize(
    "said",
    ["a\tb\nc", 'O"Brien \\ \\u0000 \\n', "BUDI \u202eX\u200b", "\ue000 \U0001f468", "a\u2028b", "\\\\x00"],
)
def test_all_other_text_is_kept(said: str) -> None:
    assert through(said) == Answer(said)


def test_text_is_composed() -> None:
    assert through("JOSE\u0301 ") == Answer("JOS\u00c9 ")


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b'{"value": 5}', b"\xff", b'{"value": "a"} {"value": "b"}', b'{"value": {"a": "b"}}'],
)
def test_what_is_no_answer_is_refused(raw: bytes) -> None:
    with pytest.raises(OwnError):
        unpacked(raw, msgspec.json.Decoder(Wire[str]))


def test_escapes_of_another_encoder_are_cleaned_too() -> None:
    raw = b'{"value": "a\\u0000b\\u009Fc\\uD800d\\u0041"}'
    assert unpacked(raw, msgspec.json.Decoder(Wire[str])) == Answer("abcdA", cleaned=True)


def test_numbers_keep_their_kind() -> None:
    facts = tuple(Fact("x", data, "r") for data in ("1", 1, 1.5, 2.0, None))
    heard = answer(task(), lambda *_: facts, tuple[Fact, ...]).value or ()
    assert [(type(f.data), f.data) for f in heard] == [(type(f.data), f.data) for f in facts]
