"""THE NAMES: every record from Word to Finding, frozen; and every published table with its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from msgspec import Struct

SCHEMA_VERSION = 3
REASONS = ("engine", "repair", "look", "agreement", "total")  # of how sure a value is that was read by eye
APPLICATION_ID = 0x50414B54  # "PAKT"

FILE_STATUS = ("loaded", "duplicate", "skipped", "failed", "held")
ORIGINS = ("text", "ocr", "hidden")
ENGINES = ("rapidocr", "openvino", "tesseract", "null")  # that read pictures; null sees nothing, for tests
ROLES = ("pihak_pertama", "pihak_kedua", "mengetahui", "pembuat", "saksi", "penandatangan")
SIGNATURE_STATES = ("signed", "missing", "unclear")
INTACT = ("valid", "broken", "changed")
METHODS = ("ink", "certificate", "qr", "picture", "stamp", "none")
SEVERITIES = ("error", "warning", "info")
FINDING_STATES = ("open", "waived", "resolved")
VERDICTS = ("match", "possible", "none")
CAPACITIES = ("definitive", "plt", "plh", "pj")
CHANGES = ("new", "moved", "left", "renamed", "renumbered", "unit_renamed")
DUTY_STATES = ("met", "incomplete", "late", "missing", "not_due")
SCOPES = ("asked", "files", "whole", "outside")

Data = str | int | float | None
Cell = Data | bytes  # of a table: pictures too


# ---------------------------------------------------------------- what stands on a page


class Box(Struct, frozen=True, gc=False):
    """A rectangle in points of the page as displayed, origin top left.

    A page makes thousands: a struct of msgspec is made ten times as fast as a frozen dataclass.
    """

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The horizontal centre, in points."""
        return (self.x0 + self.x1) / 2

    @property
    def centre(self) -> float:
        """The vertical centre, in points."""
        return (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """Whether the middle of another box lies in this one."""
        return self.x0 <= other.middle <= self.x1 and self.top <= other.centre <= self.bottom


def around(boxes: Iterator[Box] | tuple[Box, ...] | list[Box]) -> Box | None:
    """The smallest box around all of `boxes`; None for none."""
    found = list(boxes)
    if not found:
        return None
    return Box(
        min([b.x0 for b in found]),
        min([b.top for b in found]),
        max([b.x1 for b in found]),
        max([b.bottom for b in found]),
    )


class Word(Struct, frozen=True, gc=False):
    """One printed word. `size` is the height of its letters in points; `confidence` runs from 0 to 1."""

    text: str
    box: Box
    size: float
    confidence: float = 1.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """A drawn straight line, horizontal or vertical, in points."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Picture:
    """An image drawn on a page. `digest` names its bytes, `kind` says what it shows where that is known."""

    box: Box
    digest: str = ""
    kind: Literal["image", "strokes", "page", "badge"] = "image"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source, as it is kept. Width and height in points as displayed; `quality` from 0 to 1."""

    number: int
    width: float
    height: float
    rotation: int = 0  # the file's own /Rotate, degrees clockwise
    turned: int = 0  # turn found by reading, degrees clockwise needed to make the letters stand upright
    dpi: int | None = None
    origin: str = "text"
    quality: float = 1.0
    blank: bool = False
    text: str = ""
    problem: str | None = None
    engine: str = ""  # what read its picture, with its version
    language: str = ""  # that the engine reads, ISO 639-3
    hidden: str = ""  # text under the picture, where it says other than was read by eye


@dataclass(frozen=True, slots=True)
class Layout:
    """All that stands on a page: its words in reading order, its ruling lines and its pictures.

    Boxes are those of the page turned upright; a sheet brings one back to the page as displayed.
    """

    page: Page
    words: tuple[Word, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    pictures: tuple[Picture, ...] = ()
    ink: tuple[Box, ...] = ()  # marks that are not print: strokes and blots found in the picture of the page
    width: float = 0.0  # of the upright page, points
    height: float = 0.0
    hidden: tuple[Word, ...] = ()  # words under the picture of the page, where they say other than was read


# ---------------------------------------------------------------- facts and the records made of them


@dataclass(frozen=True, slots=True)
class Fact:
    """One value: what is printed (`text`), what it means (`data`), where, how sure, by which rule.

    Looked for and not found: `data` is None, and page and box say where it should have been.
    """

    text: str | None
    data: Data
    rule: str
    page: int | None = None
    box: Box | None = None
    confidence: float = 1.0
    required: bool = False
    origin: str = "text"
    reason: str = ""  # of REASONS; empty for what a text layer says, and for the engine's own word
    other: str | None = None  # what another look at the same place read, or the raw text before a repair


def column(
    sql: str,
    doc: str,
    *,
    one_of: tuple[str, ...] = (),
    references: str = "",
    key: bool = False,
    default: Any = None,
) -> Any:
    """A record's field that is also a column: its SQL type and a sentence for the data dictionary."""
    meta = {"sql": sql, "doc": doc, "one_of": one_of, "references": references, "key": key}
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True)
class Party:
    """A person named by an agreement, in one role."""

    role: str = column("TEXT", "The part played in the agreement.", one_of=ROLES, default="")
    name: Fact | None = column("TEXT", "Name with titles, as printed.")
    position: Fact | None = column("TEXT", "Position, as printed.")
    nip: Fact | None = column("TEXT", "Employee number, digits only. Personal data: masked in exports.")
    rank: Fact | None = column("TEXT", "Rank and grade, as printed.")
    unit: Fact | None = column("TEXT", "Unit printed with the person.")
    also: tuple[
        tuple[str, Fact], ...
    ] = ()  # the same field read in another place, and fields without a column


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measured promise: a row of the annex."""

    number: Fact | None = column("TEXT", "Row number, as printed.")
    objective: Fact | None = column("TEXT", "Sasaran; carried down over merged cells.")
    measure: Fact | None = column("TEXT", "The indicator itself.")
    target: Fact | None = column("TEXT", "Target, as printed.")
    value: Fact | None = column("REAL", "Target as a number, where it is one.")
    unit: Fact | None = column("TEXT", "Unit of the target, from its own column or from the target.")
    direction: Fact | None = column("TEXT", "How the target binds: >=, <=, >, <, =, range.")
    q1: Fact | None = column("TEXT", "Target of the first quarter, as printed.")
    q2: Fact | None = column("TEXT", "Target of the second quarter, as printed.")
    q3: Fact | None = column("TEXT", "Target of the third quarter, as printed.")
    q4: Fact | None = column("TEXT", "Target of the fourth quarter, as printed.")
    owner: Fact | None = column("TEXT", "Responsible official (penanggung jawab), as printed.")
    page: int = column("INTEGER", "Page on which the row begins.", default=0)
    party: int | None = None  # index into the agreement's parties: who owes it
    also: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """Money promised for a programme, an activity or a sub-activity."""

    number: Fact | None = column("TEXT", "Row number, as printed.")
    level: str | None = column("TEXT", "Rung of the budget.", one_of=("program", "kegiatan", "sub_kegiatan"))
    code: Fact | None = column("TEXT", "Budget code, as printed.")
    program: Fact | None = column("TEXT", "Name of the programme, activity or sub-activity.")
    amount: Fact | None = column("INTEGER", "Whole rupiah.")
    note: Fact | None = column("TEXT", "Source of funds or other remark.")
    page: int = column("INTEGER", "Page on which the row begins.", default=0)
    also: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True, slots=True)
class Pledge:
    """A numbered promise of an integrity pact or a commitment."""

    number: Fact | None = column("INTEGER", "Its number, as printed.")
    text: Fact | None = column("TEXT", "Its words.")
    theme: str | None = column("TEXT", "Which of the themes of the rule it speaks of.")


@dataclass(frozen=True, slots=True)
class Signature:
    """A place where somebody has to sign, and whether it is signed. Only `missing` accuses."""

    role: str = column("TEXT", "The part played by the signer.", one_of=ROLES, default="")
    name: str | None = column("TEXT", "Name printed in the block.")
    page: int = column("INTEGER", "Page of the slot.", default=0)
    x0: float | None = column("REAL", "Left edge of the slot, points.")
    top: float | None = column("REAL", "Upper edge of the slot, points.")
    x1: float | None = column("REAL", "Right edge of the slot, points.")
    bottom: float | None = column("REAL", "Lower edge of the slot, points.")
    state: str = column("TEXT", "The verdict.", one_of=SIGNATURE_STATES, default="unclear")
    method: str = column("TEXT", "What was seen in the slot.", one_of=METHODS, default="none")
    intact: str | None = column(
        "TEXT",
        "Certificates only: broken or changed since; null where it cannot be checked.",
        one_of=INTACT,
    )
    trusted: int | None = column(
        "INTEGER", "Certificates only: 1 trusted when it was signed, 0 not, null not judged."
    )
    certificate_name: str | None = column("TEXT", "Holder named by the certificate.")
    signed_at: str | None = column("TEXT", "Time of the electronic signature, ISO.")
    own: int | None = column(
        "INTEGER",
        "Certificates only: 1 held by the person printed here, 0 by somebody else, null where the names "
        "do not tell.",
    )
    confidence: float = column("REAL", "How sure the verdict is, 0 to 1.", default=0.0)
    part: str = column("TEXT", "Which part is signed.", one_of=("statement", "annex"), default="statement")
    stamp: int = column("INTEGER", "1 where an office stamp was seen in the slot.", default=0)
    initials: int = column("INTEGER", "1 where only initials (paraf) were seen beside the slot.", default=0)
    meterai: int = column("INTEGER", "1 where a duty stamp was seen in the slot.", default=0)
    required: int = column("INTEGER", "1 where the document type demands this signature.", default=1)
    evidence: str | None = column("TEXT", "What was measured, JSON.")
    crop: str | None = column("TEXT", "The picture of the slot as it was judged.", references="crops")
    masked: str | None = column(
        "TEXT",
        "Words and lines in the picture and why they were left out or not: [x0, top, x1, bottom, why], JSON.",
    )
    shape: str | None = column(
        "TEXT", "Outline of the ink, 96 x 48 bits in hex: finds the same picture elsewhere."
    )
    party: int | None = None
    picture: bytes | None = None  # the crop itself, JPEG
    certificate: int | None = None  # index into the reading's certificates
    code: int | None = None  # index into the reading's codes


@dataclass(frozen=True, slots=True)
class Certificate:
    """An electronic signature in a file, with four answers that are given apart.

    Does it cover the file, is what it covers intact, does its chain lead to a trusted root, who holds it.
    """

    field: str = column("TEXT", "Name of the field it stands in.", default="")
    page: int | None = column("INTEGER", "Page on which it is shown; null where it is not shown.")
    x0: float | None = column("REAL", "Left edge of its place, points.")
    top: float | None = column("REAL", "Upper edge, points.")
    x1: float | None = column("REAL", "Right edge, points.")
    bottom: float | None = column("REAL", "Lower edge, points.")
    certificate_name: str | None = column("TEXT", "Holder named by the certificate.")
    organisation: str | None = column("TEXT", "Organisation of the holder, as the certificate says.")
    issuer: str | None = column("TEXT", "Who issued the certificate.")
    fingerprint: str | None = column("TEXT", "SHA-256 of the certificate.")
    signed_at: str | None = column("TEXT", "Time of signing, ISO: claimed, where no time stamp proves it.")
    stamped: int | None = column("INTEGER", "1 where a time stamp of a trusted authority proves that time.")
    covers: str | None = column(
        "TEXT",
        "How much of the file it covers: all, the file as it was when signed, or less.",
        one_of=("file", "revision", "part"),
    )
    intact: str | None = column(
        "TEXT", "Broken, changed after signing, or valid; null where it cannot be checked.", one_of=INTACT
    )
    trusted: int | None = column(
        "INTEGER",
        "1 where its chain leads to a certificate of rules/trust and held when it was signed, 0 where not; "
        "null where none is trusted, or it cannot be checked.",
    )
    root: str | None = column("TEXT", "The trusted certificate that its chain leads to.")
    chain_from: str | None = column("TEXT", "From when all certificates of that chain hold, ISO.")
    chain_to: str | None = column("TEXT", "Until when they do, ISO.")
    revoked: int | None = column(
        "INTEGER",
        "1 where it had been revoked when it signed, by the lists that the file carries, 0 where not; null "
        "where they do not tell: nothing is asked over a network.",
    )
    problem: str | None = column(
        "TEXT", "Why it cannot be checked: unreadable, weak, password, too-large, too-many."
    )


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code or another code seen on a page: what somebody claims, never a signature by itself."""

    page: int = column("INTEGER", "Page in the source, from 1.", default=0)
    x0: float | None = column("REAL", "Left edge, points.")
    top: float | None = column("REAL", "Upper edge, points.")
    x1: float | None = column("REAL", "Right edge, points.")
    bottom: float | None = column("REAL", "Lower edge, points.")
    kind: str = column("TEXT", "The kind of code: QRCode, Aztec, DataMatrix.", default="")
    text: str = column("TEXT", "What it says.", default="")
    link: str | None = column("TEXT", "The address in it. Not opened: it may lead anywhere.")


@dataclass(frozen=True, slots=True)
class Agreement:
    """A signed agreement: a range of pages of one source."""

    type: str = column("TEXT", "Document type: the name of a file in rules/types.", default="other")
    first_page: int = column("INTEGER", "First page in the source, from 1.", default=1)
    last_page: int = column("INTEGER", "Last page in the source.", default=1)
    number: Fact | None = column("TEXT", "Number of the document, as printed.")
    year: Fact | None = column("INTEGER", "Year the agreement is for.")
    signed_on: Fact | None = column(
        "TEXT", "Date of signing, ISO; null where day, month or year is not filled in."
    )
    place: Fact | None = column("TEXT", "Place of signing.")
    unit: Fact | None = column("TEXT", "Unit (perangkat daerah), as printed.")
    revision: Fact | None = column("INTEGER", "1 for a revised agreement (perubahan).")
    level: Fact | None = column("TEXT", "Level of the promiser: kepala_daerah, II, III, IV, staf.")
    budget_total: Fact | None = column("INTEGER", "Printed sum of the budget, whole rupiah.")
    confidence: float = column("REAL", "How sure the type is, 0 to 1.", default=1.0)
    parties: tuple[Party, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    budgets: tuple[Budget, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    signatures: tuple[Signature, ...] = ()
    also: tuple[tuple[str, Fact], ...] = ()  # fields of the type that have no column of their own


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one source: what a worker answers. Everything in it is plain and frozen."""

    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    agreements: tuple[Agreement, ...]
    problems: tuple[str, ...] = ()  # reason codes of what could not be read, page by page
    engine: str = ""  # OCR engine and version, where one was used
    certificates: tuple[Certificate, ...] = ()
    codes: tuple[Code, ...] = ()
    trust: str = ""  # digest of the trusted certificates that its electronic signatures were judged by


# ---------------------------------------------------------------- sources


@dataclass(frozen=True, slots=True)
class Entry:
    """A directory entry, or a member of an archive, and what became of it."""

    path: str  # percent-encoded bytes
    shown: str  # for people
    kind: str  # media type by content, or fifo, link, folder...
    bytes: int = 0
    sha256: str | None = None
    status: str | None = None  # set where the entry is not to be read
    reason: str | None = None


# ---------------------------------------------------------------- the published tables


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table, with its sentence in the data dictionary."""

    name: str
    sql: str
    doc: str
    one_of: tuple[str, ...] = ()
    references: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A published table."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    record: type | None = None


def columns(record: type) -> tuple[Column, ...]:
    """The columns that a record's fields make, in order."""
    return tuple(Column(f.name, **f.metadata) for f in fields(record) if f.metadata)


def _id(doc: str) -> Column:
    return Column("id", "TEXT", doc, key=True)


def _ref(name: str, table: str, doc: str, sql: str = "TEXT") -> Column:
    return Column(name, sql, doc, references=table)


_AGREEMENT = _ref("agreement_id", "agreements", "The agreement it belongs to.")
_PARTY = _ref("party_id", "parties", "The party concerned.")
_STAFF = _ref("staff_id", "staff", "The person in the registry.")
_PLACE = (
    Column("page", "INTEGER", "Page in the source, from 1."),
    Column("x0", "REAL", "Left edge, points."),
    Column("top", "REAL", "Upper edge, points."),
    Column("x1", "REAL", "Right edge, points."),
    Column("bottom", "REAL", "Lower edge, points."),
)
_SHA = _ref("sha256", "sources", "Identity of the content.")
_FINDING = (
    _id("Made of the check and the place."),
    Column("check_id", "TEXT", "Name of a file in rules/checks."),
    Column("severity", "TEXT", "How grave.", one_of=SEVERITIES),
    _AGREEMENT,
    _PARTY,
    _STAFF,
    Column("message", "TEXT", "Sentence for people, Indonesian."),
    Column("message_en", "TEXT", "The same in English."),
    *_PLACE,
    _ref("crop", "crops", "The picture of the slot that was looked at."),
)

TABLES: tuple[Table, ...] = (
    Table(
        "runs",
        "A row per run that wrote to this database.",
        (
            Column("id", "INTEGER", "Counts up.", key=True),
            Column("command", "TEXT", "What was run."),
            Column("started", "TEXT", "ISO time, UTC."),
            Column("ended", "TEXT", "ISO time, UTC; null while running or after a crash."),
            Column("version", "TEXT", "Version of the program."),
            Column("rules", "TEXT", "Digest of the rules used."),
            Column("counts", "TEXT", "The balance of the run, JSON."),
        ),
    ),
    Table(
        "sources",
        "A row per distinct content (sha256), however many files hold it.",
        (
            Column("sha256", "TEXT", "SHA-256 of the bytes.", key=True),
            Column("media_type", "TEXT", "By content, not by file name."),
            Column("bytes", "INTEGER", "Size."),
            Column("pages", "INTEGER", "Number of pages."),
            Column("reading_key", "TEXT", "Content, rules and version that made the reading."),
            Column("engine", "TEXT", "OCR engine and version, where one was used."),
            Column("problems", "TEXT", "Reason codes of pages that could not be read, JSON."),
            Column("trust", "TEXT", "Digest of rules/trust by which its electronic signatures were judged."),
        ),
    ),
    Table(
        "files",
        "A row per directory entry or archive member, with what became of it.",
        (
            Column("id", "INTEGER", "Counts up.", key=True),
            Column("path", "TEXT", "Percent-encoded bytes of the path; a member follows '!/'."),
            Column("shown", "TEXT", "The path for people."),
            Column("kind", "TEXT", "Media type by content, or fifo, link, folder."),
            Column("bytes", "INTEGER", "Size."),
            _SHA,
            Column("status", "TEXT", "What became of it.", one_of=FILE_STATUS),
            Column("reason", "TEXT", "Reason code, where it is not loaded."),
            _ref("run_id", "runs", "The run that set the status.", "INTEGER"),
            _ref("gone_run", "runs", "The run that no longer found it in its folder.", "INTEGER"),
        ),
    ),
    Table(
        "pages",
        "A row per page of a source.",
        (
            _SHA,
            Column("number", "INTEGER", "From 1."),
            Column("width", "REAL", "Points, as displayed."),
            Column("height", "REAL", "Points, as displayed."),
            Column("rotation", "INTEGER", "/Rotate of the file, degrees."),
            Column("turned", "INTEGER", "Turn found by reading, degrees."),
            Column("dpi", "INTEGER", "Resolution of the scan; null for text pages."),
            Column("origin", "TEXT", "Where its words come from.", one_of=ORIGINS),
            Column("quality", "REAL", "Mean confidence of the words, 0 to 1."),
            Column("blank", "INTEGER", "1 for a page with nothing on it."),
            Column("problem", "TEXT", "Reason code, where the page could not be read."),
            Column("engine", "TEXT", "OCR engine that read it, its models and versions; null for text."),
            Column("language", "TEXT", "What that engine reads, ISO 639-3; mul: several languages."),
            Column("hidden", "TEXT", "Text under the picture, where it differs from what was read by eye."),
            Column("text", "TEXT", "Its words in reading order."),
        ),
    ),
    Table(
        "agreements",
        "A row per agreement: a range of pages of one source.",
        (
            _id("First 16 digits of sha256 and a counter."),
            _SHA,
            *columns(Agreement),
            _ref("unit_id", "units", "The unit in the registry.", "TEXT"),
        ),
        Agreement,
    ),
    Table(
        "parties",
        "A row per person named by an agreement.",
        (_id("Agreement and counter."), _AGREEMENT, *columns(Party)),
        Party,
    ),
    Table(
        "indicators",
        "A row per indicator and target.",
        (
            _id("Agreement and counter."),
            _AGREEMENT,
            _ref("party_id", "parties", "Who owes it."),
            *columns(Indicator),
        ),
        Indicator,
    ),
    Table(
        "budgets",
        "A row per programme, activity or sub-activity.",
        (_id("Agreement and counter."), _AGREEMENT, *columns(Budget)),
        Budget,
    ),
    Table(
        "pledges",
        "A row per numbered pledge.",
        (_id("Agreement and counter."), _AGREEMENT, *columns(Pledge)),
        Pledge,
    ),
    Table(
        "certificates",
        "A row per electronic signature in a file. Time stamps of the document are nobody's signature.",
        (_id("First 16 digits of sha256 and a counter."), _SHA, *columns(Certificate)),
        Certificate,
    ),
    Table(
        "codes",
        "A row per QR code read on a page.",
        (_id("First 16 digits of sha256 and a counter."), _SHA, *columns(Code)),
        Code,
    ),
    Table(
        "crops",
        "Pictures of slots, each kept once: what was looked at when a signature was judged. Personal data.",
        (
            _id("First 32 digits of the SHA-256 of the picture."),
            Column("media_type", "TEXT", "image/jpeg."),
            Column("picture", "BLOB", "The picture."),
        ),
    ),
    Table(
        "signatures",
        "A row per place where somebody has to sign.",
        (
            _id("Agreement and counter."),
            _AGREEMENT,
            _PARTY,
            *columns(Signature),
            _ref("certificate_id", "certificates", "The electronic signature that holds for this place."),
            _ref("code_id", "codes", "The code that stands in this place."),
        ),
        Signature,
    ),
    Table(
        "facts",
        "A row per value looked for: what is printed, what it means, where, how sure, by which rule.",
        (
            Column("id", "INTEGER", "Counts up.", key=True),
            _AGREEMENT,
            Column("record", "TEXT", "Table of the record it belongs to."),
            Column("record_id", "TEXT", "Id in that table."),
            Column("field", "TEXT", "Column, or the name of a further field of the rule."),
            Column("text", "TEXT", "As printed; null where it was looked for and not found."),
            Column("data", "TEXT", "What it means; null where nothing can be made of it."),
            Column("rule", "TEXT", "The rule that read it."),
            Column("required", "INTEGER", "1 where the rule demands it."),
            *_PLACE,
            Column("origin", "TEXT", "Where the words come from.", one_of=ORIGINS),
            Column("confidence", "REAL", "0 to 1."),
            Column(
                "reason",
                "TEXT",
                "Read by eye: why it is so sure. The engine alone, a repair, a second look, other places "
                "that say the same, a total that it settles.",
                one_of=REASONS,
            ),
            Column("other", "TEXT", "What another look at the same place read, where it differs."),
        ),
    ),
    Table(
        "units",
        "Units of the registry.",
        (
            _id("Folded name."),
            Column("name", "TEXT", "As in the registry."),
            Column("parent_id", "TEXT", "The unit above."),
            Column("scope", "TEXT", "Why it is under audit, or that it is outside.", one_of=SCOPES),
        ),
    ),
    Table(
        "offices",
        "Positions in units.",
        (
            _id("Unit and position, folded."),
            Column("position", "TEXT", "As in the registry."),
            _ref("unit_id", "units", "The unit."),
            Column("level", "TEXT", "kepala_daerah, II, III, IV, staf."),
            Column("head", "INTEGER", "1 for the head of the unit."),
            Column("superior_id", "TEXT", "The office above; null where its holders have several."),
            Column(
                "superior_by", "TEXT", "How it is known: registry, decision, or a rule of superiors.toml."
            ),
        ),
    ),
    Table(
        "staff",
        "People of the registry. Personal data.",
        (
            _id("NIP, or folded name and position."),
            Column("nip", "TEXT", "18 digits as text; null for elected heads and others without."),
            Column("name", "TEXT", "Given name without titles."),
            Column("front_titles", "TEXT", "Before the name."),
            Column("back_titles", "TEXT", "After the name."),
            Column("position", "TEXT", "As in the registry."),
            Column("unit", "TEXT", "As in the registry."),
            _ref("unit_id", "units", "The unit."),
            Column("rank", "TEXT", "As in the registry."),
            Column("kind", "TEXT", "PNS, CPNS, PPPK, BUMD, elected, non-asn."),
            Column("status", "TEXT", "As in the registry."),
            Column("head", "INTEGER", "1 for the head of a unit."),
            Column("superior", "TEXT", "Id of the superior, where the registry says so."),
            Column("valid_from", "TEXT", "ISO date."),
            Column("valid_to", "TEXT", "ISO date; of who left between two loads, the day of the later one."),
            Column(
                "superior_by", "TEXT", "How it is known: registry, decision, or a rule of superiors.toml."
            ),
            Column("listed", "INTEGER", "1 where the last load of the registry names the person."),
        ),
    ),
    Table(
        "tenures",
        "Who held which office from when to when, as far as the registry tells.",
        (
            _id("Person, office, capacity and beginning."),
            _STAFF,
            _ref("office_id", "offices", "The office held."),
            Column("position", "TEXT", "As in the registry."),
            Column("unit", "TEXT", "As in the registry."),
            Column("capacity", "TEXT", "Held for good or as acting official.", one_of=CAPACITIES),
            Column("valid_from", "TEXT", "ISO date; null where it is not known."),
            Column("valid_to", "TEXT", "ISO date; null where it lasts, or is not known."),
            Column("origin", "TEXT", "Who says so: registry, or load where two loads differ."),
        ),
    ),
    Table(
        "loads",
        "A row per load of the registry that changed something.",
        (
            Column("id", "INTEGER", "Counts up.", key=True),
            _ref("run_id", "runs", "The run that loaded it.", "INTEGER"),
            Column("file", "TEXT", "Name of the spreadsheet."),
            Column("as_of", "TEXT", "The day it speaks of, ISO."),
            Column("people", "INTEGER", "People in it."),
        ),
    ),
    Table(
        "changes",
        "What a load of the registry changed against the one before. Personal data.",
        (
            Column("id", "INTEGER", "Counts up.", key=True),
            _ref("load_id", "loads", "The load.", "INTEGER"),
            Column("kind", "TEXT", "What happened.", one_of=CHANGES),
            _STAFF,
            Column("name", "TEXT", "The person, or the unit."),
            Column("before", "TEXT", "As it was."),
            Column("after", "TEXT", "As it is now."),
        ),
    ),
    Table(
        "unit_links",
        "Which unit of the registry the unit printed on an agreement is, and why.",
        (
            _AGREEMENT,
            Column("printed", "TEXT", "As printed; null where only the people tell."),
            _ref("unit_id", "units", "The unit of the registry."),
            Column("score", "REAL", "0 to 1."),
            Column("verdict", "TEXT", "How sure.", one_of=VERDICTS),
            Column("reasons", "TEXT", "Why, in words."),
        ),
    ),
    Table(
        "matches",
        "Which person of the registry a party is.",
        (
            _PARTY,
            _STAFF,
            Column("score", "REAL", "0 to 1."),
            Column("verdict", "TEXT", "How sure.", one_of=VERDICTS),
            Column("reasons", "TEXT", "Why, in words."),
            Column(
                "place", "REAL", "How much of position and unit agrees, 0 to 1; null: nothing can be said."
            ),
            Column("rivals", "INTEGER", "How many others are about as likely."),
        ),
    ),
    Table(
        "likenesses",
        "Signatures that are one picture, two by two. Worked out anew by every audit.",
        (
            _ref("signature_id", "signatures", "One of them."),
            _ref("other_id", "signatures", "The other."),
            Column("likeness", "REAL", "Ink that both share, of all their ink, 0 to 1."),
            Column(
                "kind",
                "TEXT",
                "picture: a picture used again; paper: the same agreement, scanned twice.",
                one_of=("picture", "paper"),
            ),
        ),
    ),
    Table(
        "obligations",
        "Who owes which document for which year.",
        (
            _id("Person or position, type and year."),
            _STAFF,
            Column("position", "TEXT", "The position that owes it."),
            Column("unit", "TEXT", "Its unit."),
            Column("type", "TEXT", "Document type."),
            Column("year", "INTEGER", "For which year."),
            Column("due_on", "TEXT", "ISO date; null where it cannot be told."),
            _ref("agreement_id", "agreements", "The agreement that meets it; null: not met."),
            _ref("in_force_id", "agreements", "The agreement in force: the last revision, else that one."),
            Column("state", "TEXT", "met, incomplete, late, missing, not_due."),
            Column(
                "reason", "TEXT", "Why it is not due, or what the state rests on; a word of coverage.toml."
            ),
            _ref("unit_id", "units", "Its unit in the registry."),
            _ref("office_id", "offices", "The office that owes it."),
            Column("level", "TEXT", "Level of the position: kepala_daerah, II, III, IV, staf."),
            Column("rule", "TEXT", "Name of a file in rules/obligations."),
            Column("countersigned_by", "TEXT", "Id of the person who has to countersign, where it is known."),
            Column("scope", "INTEGER", "1 where the unit is under audit."),
        ),
    ),
    Table(
        "findings",
        "What a check holds against an agreement or a person.",
        (
            *_FINDING,
            Column(
                "state", "TEXT", "Open until waived by a person or no longer found.", one_of=FINDING_STATES
            ),
            _ref("first_run", "runs", "First seen.", "INTEGER"),
            _ref("last_run", "runs", "Last seen.", "INTEGER"),
        ),
    ),
    Table(
        "doubts",
        "Checks that cannot tell: a task for a person, never an accusation.",
        _FINDING,
    ),
    Table(
        "decisions",
        "What people decided. Append-only.",
        (
            Column("id", "INTEGER", "Counts up.", key=True),
            Column("who", "TEXT", "Who decided."),
            Column("when", "TEXT", "ISO time, UTC."),
            Column("why", "TEXT", "Reason given."),
            Column("table", "TEXT", "Table concerned."),
            Column("row", "TEXT", "Id of the row concerned."),
            Column("field", "TEXT", "Column concerned."),
            Column("old", "TEXT", "Value before."),
            Column("new", "TEXT", "Value after."),
        ),
    ),
    Table(
        "erasures",
        "What was forgotten, by whom and why. Append-only; holds nothing of the document but its hash.",
        (
            Column("id", "INTEGER", "Counts up.", key=True),
            Column("sha256", "TEXT", "Identity of the content: it is not read again."),
            Column("who", "TEXT", "Who asked for it."),
            Column("when", "TEXT", "ISO time, UTC."),
            Column("why", "TEXT", "Reason given."),
            Column("removed", "TEXT", "Number of rows that went, by table, JSON."),
        ),
    ),
    Table(
        "plans",
        "Planned indicators and budgets (RPJMD, Renstra, IKU, DPA).",
        (
            Column("id", "INTEGER", "Counts up.", key=True),
            Column("year", "INTEGER", "For which year."),
            Column("unit", "TEXT", "As in the plan."),
            Column("kind", "TEXT", "indicator or budget."),
            Column("objective", "TEXT", "Sasaran."),
            Column("measure", "TEXT", "Indicator, or programme."),
            Column("target", "TEXT", "As planned."),
            Column("unit_of_measure", "TEXT", "Unit of the target."),
            Column("amount", "INTEGER", "Whole rupiah."),
            Column("origin", "TEXT", "Document the plan comes from."),
            Column("approved_on", "TEXT", "Day on which the budget document (DPA) was approved, ISO."),
            _ref("unit_id", "units", "The unit in the registry."),
        ),
    ),
    Table(
        "results",
        "Measured results per quarter.",
        (
            Column("id", "INTEGER", "Counts up.", key=True),
            Column("year", "INTEGER", "Of which year."),
            Column("quarter", "INTEGER", "1 to 4."),
            Column("unit", "TEXT", "As reported."),
            Column("measure", "TEXT", "Indicator."),
            Column("target", "TEXT", "Target it was measured against."),
            Column("result", "TEXT", "As reported."),
            Column("value", "REAL", "As a number."),
        ),
    ),
)
