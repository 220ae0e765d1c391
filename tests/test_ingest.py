"""Nothing that lies in a folder goes unmentioned, and nothing but documents is opened for reading."""

import hashlib
import io
import os
import socket
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from pipeline.errors import InputError, SourceError
from pipeline.reading import archives
from pipeline.reading.ingest import Caps, content, count, entries, listed, open_source, tree
from pipeline.reading.media import media
from pipeline.reading.paths import shown
from pipeline.schema import Entry

PDF = b"%PDF-1.7\n%%EOF\n"
HEADS = {
    "pdf": PDF,
    "jpeg": b"\xff\xd8\xff\xe0",
    "png": b"\x89PNG\r\n\x1a\n",
    "tiff": b"II*\0",
    "bigtiff": b"MM\0+",
}


def write(folder: Path, name: str, data: bytes = PDF) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def found(*folders: Path) -> dict[str, Entry]:
    return {entry.path: entry for entry in entries(tree(folders))}


def verdict(entry: Entry) -> tuple[str, str | None, str | None]:
    return entry.kind, entry.status, entry.reason


def one(folder: Path, name: str, data: bytes) -> tuple[str, str | None, str | None]:
    write(folder, name, data)
    return verdict(found(folder)[name])


# ---------------------------------------------------------------- what a file is


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (HEADS["pdf"], "application/pdf"),
        (b"x" * 1000 + PDF, "application/pdf"),
        (HEADS["jpeg"], "image/jpeg"),
        (HEADS["png"], "image/png"),
        (HEADS["tiff"], "image/tiff"),
        (HEADS["bigtiff"], "image/tiff"),
    ],
)
@pytest.mark.parametrize("name", ["berkas.pdf", "berkas.jpg", "berkas", "berkas.exe"])
def test_content_makes_a_document_not_its_name(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    assert one(tmp_path, name, data) == (kind, None, None)


@pytest.mark.parametrize(
    ("name", "data", "status", "reason"),
    [
        ("surat.docx", b"MZ", "skipped", "unsupported-type"),
        ("pakta.pdf", b"MZ", "failed", "not-a-document"),
        ("pakta.PDF", b"x" * 2000 + PDF, "failed", "not-a-document"),
        ("scan.JPG", b"GIF89a", "failed", "not-a-document"),
        ("logo.gif", b"GIF89a", "skipped", "unsupported-type"),
        ("foto.jpg", b"\0\0\0\x18ftypheic", "held", "other-picture"),
        ("foto.webp", b"RIFF\0\0\0\0WEBP", "held", "other-picture"),
        ("arsip.rar", b"Rar!\x1a\x07\x00", "held", "other-archive"),
        ("arsip.7z", b"7z\xbc\xaf\x27\x1c", "held", "other-archive"),
        ("surat.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "skipped", "office-document"),
        ("kosong.pdf", b"", "failed", "empty-file"),
        ("kosong.txt", b"", "skipped", "empty-file"),
        (".pakta.pdf", PDF, "skipped", "hidden"),
    ],
)
def test_what_is_no_document_says_why(
    tmp_path: Path, name: str, data: bytes, status: str, reason: str
) -> None:
    assert one(tmp_path, name, data)[1:] == (status, reason)


def test_a_document_is_known_by_its_content(tmp_path: Path) -> None:
    data = PDF * 200_000
    write(tmp_path, "a.pdf", data)
    entry = found(tmp_path)["a.pdf"]
    assert (entry.sha256, entry.bytes) == (hashlib.sha256(data).hexdigest(), len(data))


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf", PDF)
    os.truncate(tmp_path / "a.pdf", 3 << 30)
    write(tmp_path, "b.pdf", PDF)
    small = tree([tmp_path], caps=Caps(document=len(PDF)))
    assert [(e.path, e.status, e.reason, e.sha256 is None) for e in entries(small)] == [
        ("a.pdf", "failed", "too-large", True),
        ("b.pdf", None, None, False),
    ]


# ---------------------------------------------------------------- every entry of a folder


def test_special_entries_are_named_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.pdf")
    (tmp_path / "link.pdf").symlink_to("a.pdf")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "gone.pdf").symlink_to("nowhere.pdf")
    os.mkfifo(tmp_path / "fifo.pdf")
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.pdf")
    assert {path: e.reason for path, e in found(tmp_path).items()} == {
        "a.pdf": None,
        "fifo.pdf": "fifo",
        "gone.pdf": "link",
        "link.pdf": "link",
        "loop": "link",
        "socket.pdf": "socket",
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_never_opened(tmp_path: Path) -> None:
    os.mknod(tmp_path / "zero.pdf", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    assert verdict(found(tmp_path)["zero.pdf"]) == ("device", "skipped", "device")


@contextmanager
def nobody() -> Iterator[None]:
    """As a user whom permissions bind; root is bound by none."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    for above in (tmp_path, *tmp_path.parents[:3]):
        above.chmod(0o755)
    write(tmp_path, "closed/a.pdf")
    write(tmp_path, "b.pdf").chmod(0)
    write(tmp_path, "c.pdf")
    (tmp_path / "closed").chmod(0)
    try:
        with nobody():
            seen = {path: (e.kind, e.status, e.reason) for path, e in found(tmp_path).items()}
    finally:
        (tmp_path / "closed").chmod(0o755)
    assert seen == {
        "b.pdf": ("file", "failed", "no-permission"),
        "c.pdf": ("application/pdf", None, None),
        "closed": ("folder", "failed", "no-permission"),
    }


@pytest.mark.parametrize(
    ("name", "display"),
    [
        (b"PK 2026.pdf", "PK 2026.pdf"),
        (b"latin1_\xe9\xff.pdf", "latin1_\\xe9\\xff.pdf"),
        (b"two\nlines\t.pdf", "two\\nlines\\t.pdf"),
        ("\u202efdp.pdf".encode(), "\\u202efdp.pdf"),
        (b"\x1b[31mred.pdf", "\\x1b[31mred.pdf"),
        (b"x..%2f!.pdf", "x..%2f!.pdf"),
        ("caf\u00e9.pdf".encode(), "caf\u00e9.pdf"),
        (b"-rf.pdf", "-rf.pdf"),
    ],
)
def test_every_name_is_kept_to_the_byte_and_shown_harmless(tmp_path: Path, name: bytes, display: str) -> None:
    write(tmp_path, os.fsdecode(name))
    where = tree([tmp_path])
    (entry,) = entries(where)
    assert (unquote_to_bytes(entry.path), entry.shown) == (name, display)
    assert entry.path.isascii()
    descriptor = open_source(where, entry)
    assert content(descriptor, entry) == PDF
    os.close(descriptor)


def test_names_that_differ_in_composition_are_two(tmp_path: Path) -> None:
    write(tmp_path, "PK caf\u00e9.pdf")
    write(tmp_path, "PK cafe\u0301.pdf")
    assert len(found(tmp_path)) == 2


def test_a_path_longer_than_the_system_takes_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(25):
        Path("p" * 200).mkdir()
        os.chdir("p" * 200)
    write(Path(), "deep.pdf")
    monkeypatch.chdir("/")
    where = tree([tmp_path])
    (entry,) = entries(where)
    assert entry.path == "/".join(["p" * 200] * 25) + "/deep.pdf"
    descriptor = open_source(where, entry)
    assert content(descriptor, entry) == PDF
    os.close(descriptor)


def test_folders_below_each_other_without_end_are_cut_off(tmp_path: Path) -> None:
    write(tmp_path, "a/b/c/d.pdf")
    write(tmp_path, "a/b/e.pdf")
    shallow = tree([tmp_path], caps=Caps(depth=2))
    assert [(e.path, e.reason) for e in entries(shallow)] == [("a/b/c", "too-deep"), ("a/b/e.pdf", None)]


def test_the_order_is_that_of_the_bytes(tmp_path: Path) -> None:
    names = ["B.pdf", "a.pdf", "a/z.pdf", "b.pdf", "\u00e9.pdf"]
    for name in reversed(names):
        write(tmp_path, name)
    assert [e.shown for e in entries(tree([tmp_path]))] == [
        "B.pdf",
        "a/z.pdf",
        "a.pdf",
        "b.pdf",
        "\u00e9.pdf",
    ]


def test_a_walk_leaves_no_file_open(tmp_path: Path) -> None:
    write(tmp_path, "a/b.pdf")
    before = len(list(Path("/proc/self/fd").iterdir()))
    walk = entries(tree([tmp_path]))
    next(walk)
    walk.close()  # type: ignore[attr-defined] # a generator
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_counting_counts_what_is_found(tmp_path: Path) -> None:
    for name in ("a.pdf", "b/c.txt", ".hidden/d"):
        write(tmp_path, name)
    (tmp_path / "empty").mkdir()
    assert count(tree([tmp_path])) == len(found(tmp_path)) == 3


# ---------------------------------------------------------------- several folders, and our own files


def test_paths_are_relative_to_the_folder_given(tmp_path: Path) -> None:
    write(tmp_path / "arsip", "x/a.pdf")
    assert list(found(tmp_path / "arsip")) == ["x/a.pdf"]


def test_paths_of_several_folders_are_relative_to_what_they_share(tmp_path: Path) -> None:
    for name in ("2024/a.pdf", "2025/a.pdf", "2025/x/a.pdf"):
        write(tmp_path, name)
    folders = [tmp_path / "2025/x", tmp_path / "2025", tmp_path / "2024", tmp_path / "2024"]
    assert list(found(*folders)) == ["2024/a.pdf", "2025/a.pdf", "2025/x/a.pdf"]


def test_another_folder_never_takes_the_paths_of_the_first(tmp_path: Path) -> None:
    write(tmp_path, "2024/a.pdf")
    write(tmp_path, "2025/a.pdf")
    later = tree([tmp_path / "2025"], base=str(tmp_path / "2024"))
    above = tree([tmp_path], base=str(tmp_path / "2024"))
    assert [e.path for e in entries(later)] == ["../2025/a.pdf"]
    assert [e.path for e in entries(above)] == ["a.pdf", "../2025/a.pdf"]
    for where in (later, above):
        for entry in entries(where):
            os.close(open_source(where, entry))


@pytest.mark.parametrize(("name", "told"), [("none", "folder tidak ada"), ("file", "bukan folder")])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str, told: str) -> None:
    write(tmp_path, "file")
    with pytest.raises(InputError, match=told):
        tree([tmp_path / name])


def test_a_link_given_by_name_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "real/a.pdf")
    (tmp_path / "link").symlink_to("real")
    assert list(found(tmp_path / "link")) == ["a.pdf"]


def test_our_own_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("a.pdf", "pakta.db", "pakta.db.cache/x.pdf", "staff.csv"):
        write(tmp_path, name)
    ours = [tmp_path / name for name in ("pakta.db", "pakta.db-wal", "pakta.db.cache", "staff.csv")]
    assert {e.path: e.reason for e in entries(tree([tmp_path], ours=ours))} == {
        "a.pdf": None,
        "pakta.db": "own-file",
        "pakta.db.cache": "own-file",
        "staff.csv": "own-file",
    }


# ---------------------------------------------------------------- opening again


def test_a_file_that_changed_meanwhile_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf")
    where = tree([tmp_path])
    (entry,) = entries(where)
    path.write_bytes(PDF + b"more")
    descriptor = open_source(where, entry)
    with pytest.raises(SourceError, match="changed"):
        content(descriptor, entry)
    os.close(descriptor)
    path.unlink()
    with pytest.raises(SourceError, match="changed"):
        open_source(where, entry)


def test_a_link_put_in_its_place_is_not_followed(tmp_path: Path) -> None:
    path = write(tmp_path, "x/a.pdf")
    where = tree([tmp_path])
    (entry,) = entries(where)
    path.rename(tmp_path / "b.pdf")
    path.symlink_to(tmp_path / "b.pdf")
    with pytest.raises(SourceError, match="cannot-open"):
        open_source(where, entry)


# ---------------------------------------------------------------- archives


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_members_of_an_archive_are_entries(tmp_path: Path) -> None:
    inner = zipped({"deep.pdf": PDF})
    data = zipped(
        {"a.pdf": PDF, "x/b.jpg": HEADS["jpeg"], "x/": b"", "note.txt": b"hi", ".c.pdf": PDF, "in.zip": inner}
    )
    write(tmp_path, "arsip.zip", data)
    write(tmp_path, "b.pdf")
    assert {path: verdict(e) for path, e in found(tmp_path).items()} == {
        "arsip.zip": ("application/zip", "skipped", "archive-opened"),
        "arsip.zip!/a.pdf": ("application/pdf", None, None),
        "arsip.zip!/x/b.jpg": ("image/jpeg", None, None),
        "arsip.zip!/note.txt": ("application/octet-stream", "skipped", "unsupported-type"),
        "arsip.zip!/.c.pdf": ("file", "skipped", "hidden"),
        "arsip.zip!/in.zip": ("application/zip", "held", "nested-archive"),
        "b.pdf": ("application/pdf", None, None),
    }


def test_a_member_is_read_out_of_its_archive(tmp_path: Path) -> None:
    write(tmp_path, "a!.zip", zipped({"x/a!b.pdf": PDF, "x/c.pdf": PDF + b"c"}))
    where = tree([tmp_path])
    members = [e for e in entries(where) if e.sha256]
    assert [e.path for e in members] == ["a%21.zip!/x/a%21b.pdf", "a%21.zip!/x/c.pdf"]
    for entry, data in zip(members, (PDF, PDF + b"c"), strict=True):
        assert entry.sha256 == hashlib.sha256(data).hexdigest()
        descriptor = open_source(where, entry)
        assert content(descriptor, entry) == data
        os.close(descriptor)


def test_hostile_names_of_members_are_only_names(tmp_path: Path) -> None:
    names = ["../../evil.pdf", "/etc/evil.pdf", "a\1b.pdf", "c\x1b[2J.pdf"]
    data = zipped(dict.fromkeys(names, PDF))
    write(tmp_path / "in", "x.zip", data.replace(b"a\1b", b"a\0b"))
    seen = found(tmp_path / "in")
    assert [e.path for e in seen.values() if e.sha256] == [
        "x.zip!/../../evil.pdf",
        "x.zip!//etc/evil.pdf",
        "x.zip!/a%00b.pdf",
        "x.zip!/c%1B%5B2J.pdf",
    ]
    assert all(e.shown.isprintable() for e in seen.values())
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "x.zip"]


def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.pdf", PDF)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.pdf", PDF + b"2")
    write(tmp_path, "x.zip", made.getvalue())
    where = tree([tmp_path])
    second = list(entries(where))[2]
    assert second.path == "x.zip!/a.pdf!2"
    descriptor = open_source(where, second)
    assert content(descriptor, second) == PDF + b"2"
    os.close(descriptor)


def flagged(data: bytes, at: int, value: bytes) -> bytes:
    """The archive with bytes changed in the first entry of its central directory."""
    place = data.index(b"PK\x01\x02") + at
    return data[:place] + value + data[place + len(value) :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (flagged(zipped({"a.pdf": PDF}), 8, b"\x01"), "encrypted-member"),
        (flagged(zipped({"a.pdf": PDF}), 10, b"\x63"), "damaged-member"),  # a method nobody knows
        (flagged(zipped({"a.pdf": PDF * 9}, zipfile.ZIP_STORED), 16, b"\0\0\0\0"), "damaged-member"),
        (flagged(zipped({"a.pdf": PDF}), 38, (stat.S_IFLNK << 16).to_bytes(4, "little")), "link"),
    ],
    ids=["encrypted", "method", "checksum", "link"],
)
def test_a_member_that_cannot_be_had_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    write(tmp_path, "x.zip", data)
    member = list(entries(tree([tmp_path])))[1]
    assert (member.reason, member.sha256) == (reason, None)


@pytest.mark.parametrize(
    ("data", "verdict_"),
    [
        (zipped({"a.pdf": b"%PDF-" + b"\0" * (30 << 20)}), ("failed", "zip-bomb")),
        (zipped({"a.pdf": PDF})[:-30], ("failed", "damaged-archive")),
        (b"PK\x03\x04" + b"x" * 999, ("failed", "damaged-archive")),
        (zipped({}), ("skipped", "empty-archive")),
        (zipped({"word/document.xml": b"", "[Content_Types].xml": b""}), ("skipped", "office-document")),
        (zipped({"mimetype": b"application/epub+zip"}), ("skipped", "office-document")),
    ],
    ids=["bomb", "cut", "no-zip", "empty", "word", "epub"],
)
def test_an_archive_that_is_not_opened_says_why(
    tmp_path: Path, data: bytes, verdict_: tuple[str, str]
) -> None:
    write(tmp_path, "x.zip", data)
    (entry,) = entries(tree([tmp_path]))
    assert (entry.status, entry.reason) == verdict_


def test_an_archive_with_too_many_members_is_refused() -> None:
    data = zipped({f"{n}.pdf": PDF for n in range(9)})
    archive = Entry("x.zip", "x.zip", "application/zip", len(data))
    few = replace(archives.LIMITS, members=8)
    assert archives.contents(io.BytesIO(data), archive, few).reason == "zip-bomb"
    assert archives.contents(io.BytesIO(data), archive).reason == "archive-opened"


def test_an_archive_can_be_listed_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, "x.zip", zipped({"a.pdf": PDF}))
    asked: list[str] = []

    def unpack(descriptor: int, entry: Entry) -> archives.Contents:
        asked.append(entry.path)
        return listed(descriptor, entry)

    assert len(list(entries(tree([tmp_path]), unpack=unpack))) == 2
    assert asked == ["x.zip"]


# ---------------------------------------------------------------- pure parts


@pytest.mark.parametrize("head", [b"", b"%PD", b"PK", b"\xff\xd8", b"\0" * 1024, b"II*"])
def test_a_beginning_that_is_cut_off_is_no_document(head: bytes) -> None:
    assert media(head, "a.txt").status == "skipped"


def test_what_is_shown_can_be_printed() -> None:
    every = "".join(map(chr, [*range(0x300), *range(0x2000, 0x2070), 0xFEFF]))
    assert shown(every).isprintable()
