"""What the samples are read as stands beside them, and any change of it is seen."""

from pathlib import Path

import pytest

from pipeline.cli.root import run
from pipeline.errors import InputError
from pipeline.isolate.task import Answer
from pipeline.run import goldens
from pipeline.schema import Agreement, Box, Fact, Page, Party, Reading

FACT = Fact("Rp 5,-", 5, "table:budgets.amount", 2, Box(1, 2, 3, 4), 0.93)
PAGE = Page(1, 595.0, 842.0, origin="ocr")
AGREEMENT = Agreement(type="perjanjian_kinerja", year=FACT, parties=(Party(role="pembuat"),))
READING = Reading("ab", "image/png", (PAGE,), (AGREEMENT,), ("page-damaged",))


def test_a_golden_says_what_is_printed_and_meant() -> None:
    text = goldens.golden("a.pdf", Answer(READING)).text
    assert '"year": "Rp 5,- = 5, p. 2, table:budgets.amount"' in text
    assert '"role": "pembuat"' in text
    assert "0.93" not in text  # other machines, other decimals
    assert goldens.scanned(text)


def test_a_golden_says_why_nothing_is_read() -> None:
    text = goldens.golden("a.pdf", Answer(reason="password")).text
    assert text == '{\n "reason": "password"\n}\n'
    assert not goldens.scanned(text)


def test_goldens_are_written_and_found_again(tmp_path: Path) -> None:
    made = [goldens.golden(path, Answer(READING)) for path in ("x/a b.pdf", "x/c.zip!/d.pdf")]
    assert goldens.write(made, tmp_path / "goldens") == 2
    before = goldens.kept(tmp_path / "goldens")
    assert before == {one.path: one.text for one in made}
    assert list(goldens.differences(before, made)) == []
    assert goldens.write(made[:1], tmp_path / "goldens") == 1
    assert list(goldens.kept(tmp_path / "goldens")) == ["x/a b.pdf"]


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ({"a": "one\ntwo\n"}, [goldens.Golden("a", "one\nzwei\n")], ["-two", "+zwei"]),
        ({}, [goldens.Golden("new", "one\n")], ["+one"]),
        ({"gone": "one\n"}, [], ["gone", "tidak ada lagi"]),
    ],
)
def test_a_difference_is_shown(before: dict[str, str], now: list[goldens.Golden], shown: list[str]) -> None:
    (difference,) = goldens.differences(before, now)
    assert all(part in difference for part in shown)


def test_samples_are_not_copied_over_anything(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    with pytest.raises(InputError, match="sudah ada isinya"):
        goldens.copy(tmp_path)


@pytest.mark.skipif(not (goldens.samples() / "goldens").exists(), reason="no goldens have been written yet")
def test_digital_samples_are_read_as_their_goldens_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["samples", "check", "--no-ocr"]) == 0, capsys.readouterr().out
