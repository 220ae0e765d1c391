"""The folder rules/ as frozen values; refuses what it does not understand, by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_type_hints

import msgspec

from pipeline.errors import RuleError
from pipeline.schema import ROLES
from pipeline.values import Words

ROOMS = {"types": ".toml", "checks": ".toml", "patterns": ".jsonl", "words": ".toml"}
READING_ROOMS = ("types", "patterns", "words")  # what a reading depends on
PARTY = ("name", "nip", "rank", "position", "unit")  # what is printed of a person
OTHER = "other"  # the type of pages that are no agreement
TOKEN = (  # what spaCy can ask of a word without a trained model
    "ORTH", "TEXT", "NORM", "LOWER", "SHAPE", "PREFIX", "SUFFIX", "LENGTH", "IS_ALPHA", "IS_ASCII",
    "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP", "LIKE_NUM",
    "LIKE_URL", "LIKE_EMAIL", "SPACY", "OP",
)  # fmt: skip
TIMES = re.compile(r"[!?*+]|\{\d*,?\d*\}")  # how often a word may stand


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule file or a part of one: an unknown key is an error."""


# ---------------------------------------------------------------- a document type


class Recognise(Strict, frozen=True):
    """How a page of this type is known. All are phrases, compared without case, spaces and punctuation."""

    title: tuple[str, ...] = ()  # a title line starts with one of these
    begins: tuple[str, ...] = ()  # a page that begins an agreement also says one of these
    annex: tuple[str, ...] = ()  # title of a page that belongs to the agreement before it
    aside: tuple[str, ...] = ()  # title of such a page whose tables are not the agreement's own
    labels: tuple[tuple[str, ...], ...] = ()  # or: all labels of one of these sets stand near the top
    similar: int = 85  # how alike a misread phrase must be, per cent


class Field(Strict, frozen=True):
    """A value of the agreement. Found by a label before it, or by a span of rules/patterns."""

    name: str
    label: tuple[str, ...] = ()
    span: str = ""
    type: Literal["text", "date", "place", "year", "unit", "flag"] = "text"
    part: Literal["statement", "annex", "any"] = "any"
    required: bool = False


class PartyRule(Strict, frozen=True):
    """A role, and the phrases that announce it above a signature or after an identity."""

    role: str
    anchors: tuple[str, ...] = ()
    called: tuple[str, ...] = ()  # after an identity: "selanjutnya disebut ..."; the anchors count too
    required: bool = False
    many: bool = False
    dated: bool = False  # with no anchor: the block under place and date
    fields: tuple[Literal["name", "position", "nip", "rank", "unit"], ...] = (
        "name",
        "position",
    )  # must be printed


class SignatureRule(Strict, frozen=True):
    """Who has to sign, and where."""

    role: str
    on: tuple[Literal["statement", "annex"], ...] = ("statement",)
    required: bool = True


class Columns(Strict, frozen=True):
    """Header phrases by field; `quarters` are over four columns, `months` over twelve; more are `unread`."""

    number: tuple[str, ...] = ()
    objective: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    quantity: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    q1: tuple[str, ...] = ()
    q2: tuple[str, ...] = ()
    q3: tuple[str, ...] = ()
    q4: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    program: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    nip: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    party_unit: tuple[str, ...] = ()
    sign: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class Levels(Strict, frozen=True):
    """Words with which a name, or the title of its column, says its rung of the budget."""

    program: tuple[str, ...] = ()
    kegiatan: tuple[str, ...] = ()
    sub_kegiatan: tuple[str, ...] = ()


class TableRule(Strict, frozen=True):
    """A table of the type, and into which records its rows go."""

    into: Literal["indicators", "budgets", "parties"]
    columns: Columns
    required: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()  # a header with one of these is another table (realisasi, capaian)
    total: tuple[str, ...] = ()  # a row that begins so sums up
    skip: tuple[str, ...] = ()  # a row that begins so is a remark
    levels: Levels = Levels()
    similar: int = 84


class Theme(Strict, frozen=True):
    """A theme that some pledge must speak of."""

    name: str
    words: tuple[str, ...]
    required: bool = True


class Pledges(Strict, frozen=True):
    """Numbered promises; the last ends before a closing phrase."""

    end: tuple[str, ...] = ()
    theme: tuple[Theme, ...] = ()


class TypeExample(Strict, frozen=True):
    """Lines of a page, and whether they begin an agreement of this type."""

    lines: tuple[str, ...]
    is_type: bool = True


class TypeRule(Strict, frozen=True):
    """A document type: a file of rules/types. Its id is the file name."""

    name: str
    recognise: Recognise
    name_en: str = ""
    basis: str = ""
    agreement: bool = True  # false: never flagged, nothing but its pages is read
    promise: tuple[str, ...] = ()  # phrases of the promise itself; one must be there
    field: tuple[Field, ...] = ()
    party: tuple[PartyRule, ...] = ()
    signature: tuple[SignatureRule, ...] = ()
    table: tuple[TableRule, ...] = ()
    pledges: Pledges | None = None
    example: tuple[TypeExample, ...] = ()
    id: str = ""


# ---------------------------------------------------------------- a check


class Message(Strict, frozen=True):
    """The sentence of a finding in both languages; {names} are columns of the check's SELECT."""

    id: str
    en: str


class CheckExample(Strict, frozen=True):
    """Rows laid into an empty database, and how many findings the check then makes."""

    fires: bool
    rows: dict[str, tuple[dict[str, str | int | float | None], ...]]
    unsure: bool = False


class CheckRule(Strict, frozen=True):
    """A check: a file of rules/checks. `sql` returns the rows at fault, `unsure` those not to be told."""

    id: str
    severity: Literal["error", "warning", "info"]
    message: Message
    why: str
    sql: str
    basis: str = ""
    unsure: str = ""
    policy: bool = False  # answers only where an office switches it on
    example: tuple[CheckExample, ...] = ()


# ---------------------------------------------------------------- all of it


class Labels(Strict, frozen=True):
    """rules/words/labels.toml: what introduces a value."""

    name: tuple[str, ...] = ()
    name_nip: tuple[str, ...] = ()
    nip: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    made_in: tuple[str, ...] = ()
    made_on: tuple[str, ...] = ()
    today: tuple[str, ...] = ()
    met_in: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    electronic: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()
    meterai: tuple[str, ...] = ()


class Level(Strict, frozen=True):
    """A level of office and the words its positions begin with."""

    name: str
    begins: tuple[str, ...]


class Offices(Strict, frozen=True):
    """rules/words/offices.toml: positions by level."""

    elected: tuple[str, ...] = ()
    acting: tuple[str, ...] = ()
    without_nip: tuple[str, ...] = ()
    level: tuple[Level, ...] = ()


class Government(Strict, frozen=True):
    """rules/words/government.toml: words that the names of units and regions begin with."""

    unit: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    head: tuple[tuple[str, str], ...] = ()  # how a unit's head is called, and the unit


class Lexicon(Words, frozen=True):
    """All word lists: those that values need, and those of reading and audit."""

    labels: Labels = Labels()
    offices: Offices = Offices()
    government: Government = Government()


class Pattern(Strict, frozen=True):
    """A line of rules/patterns, in spaCy's own format: what a span is called, and its words one by one."""

    label: str
    pattern: str | tuple[dict[str, object], ...]
    id: str = ""


class Rules(msgspec.Struct, frozen=True):
    """All rules of a run. `patterns` are of the span ruler; `digest` names what readings depend on."""

    types: tuple[TypeRule, ...]
    checks: tuple[CheckRule, ...]
    patterns: tuple[dict[str, object], ...]
    words: Lexicon
    digest: str
    check_digest: str

    @property
    def other(self) -> TypeRule:
        """The type of pages that are no agreement."""
        return next(t for t in self.types if t.id == OTHER)


T = TypeVar("T")


def shipped() -> Path:
    """The rules that come with the program: in the wheel, or the top-level folder of a checkout."""
    inside = Path(str(resources.files("pipeline"))) / "_rules"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "rules"


def load(overlay: Path | None = None) -> Rules:
    """The shipped rules with an office's own laid over: the same file name replaces, a new name adds.

    Raises RuleError naming file, key and what would be right.
    """
    files = layered(shipped(), overlay)
    patterns = tuple(row for path in _of(files, "patterns") for row in _patterns(path))
    spans = {str(row["label"]) for row in patterns}
    return Rules(
        types=tuple(_type(path, spans) for path in _of(files, "types")),
        checks=tuple(_check(path) for path in _of(files, "checks")),
        patterns=patterns,
        words=_words(files),
        digest=_digest(files, READING_ROOMS),
        check_digest=_digest(files, ("checks",)),
    )


def layered(base: Path, overlay: Path | None) -> dict[str, Path]:
    """Rule files by 'room/name'. Raises RuleError for a missing folder and for files that no room takes."""
    found = dict(_folder(base))
    if overlay is not None:
        if not overlay.is_dir():
            raise RuleError(f"{overlay}: folder aturan tidak ada (no such rules folder)")
        found.update(_known_settings(dict(_folder(overlay)), found))
    return dict(sorted(found.items()))


def _known_settings(files: dict[str, Path], base: dict[str, Path]) -> dict[str, Path]:
    """`files`, once sure that those in no room lay over settings that there are."""
    known = sorted(name[1:] for name in base if name.startswith("/"))
    for name, path in files.items():
        if name.startswith("/") and name not in base:
            raise RuleError(
                f"{path}: no such settings; there are {', '.join(known)}, or it belongs in a room"
            )
    return files


def _folder(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        room = path.parent.name
        if any(part.startswith(".") for part in path.relative_to(root).parts):
            continue
        if path.suffix == ".md":
            continue
        if path.parent == root and path.suffix == ".toml":  # settings of other rooms: match.toml
            yield f"/{path.name}", path
        elif ROOMS.get(room) == path.suffix and path.parent.parent == root:
            yield f"{room}/{path.name}", path
        else:
            raise RuleError(
                f"{path}: no such kind of rule; there are types/*.toml, checks/*.toml, "
                "patterns/*.jsonl, words/*.toml"
            )


def _of(files: dict[str, Path], room: str) -> list[Path]:
    return [path for name, path in files.items() if name.startswith(f"{room}/")]


def decode(path: Path, kind: type[T]) -> T:
    """The TOML file `path` as a `kind`. Raises RuleError: file, place, and the keys that would be right."""
    try:
        return msgspec.toml.decode(_printed(path), type=kind)
    except msgspec.MsgspecError as error:
        raise RuleError(f"{path.parent.name}/{path.name}: {error}{_known(str(error), kind)}") from error


def _printed(path: Path) -> str:
    """The text of a rule file, with or without the mark that some editors put before it."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(f"{path.parent.name}/{path.name}: not UTF-8, byte {error.start + 1}") from error
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error


def _known(message: str, kind: type) -> str:
    """What would be right at the place that a message names: keys of a struct, or values of a key."""
    place = re.search(r"(unknown field|enum value)(?:.* at `\$\.?([^`]*)`)?", message)
    if place is None:
        return ""
    steps = re.findall(r"[a-z_0-9]+", re.sub(r"\[[^]]*]", "", place.group(2) or ""))
    last = steps.pop() if place.group(1) == "enum value" else ""
    for step in steps:
        kind = _inner(kind, step)
    if last:
        return f"; there are {', '.join(_choices(get_type_hints(kind)[last]))}"
    keys = [field.name for field in msgspec.structs.fields(kind)]
    return f"; it has {', '.join(keys)}"


def _choices(hint: Any) -> Iterator[str]:
    """The values of a Literal, also inside a tuple."""
    for arg in get_args(hint):
        yield from (arg,) if isinstance(arg, str) else _choices(arg)


def _inner(kind: type, step: str) -> type:
    for info in msgspec.structs.fields(kind):
        if info.name == step:
            args = [
                a for a in getattr(info.type, "__args__", (info.type,)) if hasattr(a, "__struct_fields__")
            ]
            return args[0] if args else kind
    return kind


def _type(path: Path, spans: set[str]) -> TypeRule:
    rule = decode(path, TypeRule)
    fault = next(_faults(rule, path.stem, spans), None)
    if fault is not None:
        raise RuleError(f"types/{path.name}: {fault}")
    return msgspec.structs.replace(rule, id=path.stem)


def _faults(rule: TypeRule, name: str, spans: set[str]) -> Iterator[str]:
    """Names in a type that mean nothing: a role of no party, a span of no pattern, a column of no table."""
    if rule.id not in {"", name}:
        yield f"id is '{rule.id}'; it is the file name, '{name}'"
    if name == OTHER and rule.agreement:
        yield "agreement must be false: these are the pages that are no agreement"
    roles = [party.role for party in rule.party]
    yield from _unknown("party.role", roles, ROLES)
    yield from _unknown("signature.role", [s.role for s in rule.signature], roles)
    yield from _unknown("field.span", [f.span for f in rule.field if f.span], sorted(spans))
    columns = Columns.__struct_fields__
    yield from _unknown("table.required", [c for t in rule.table for c in t.required], columns)


def _unknown(key: str, said: Iterable[str], known: Sequence[str]) -> Iterator[str]:
    for name in said:
        if name not in known:
            yield f"{key}: no '{name}'; there are {', '.join(known) or 'none'}"


def _check(path: Path) -> CheckRule:
    rule = decode(path, CheckRule)
    if rule.id != path.stem:
        raise RuleError(f"checks/{path.name}: id is '{rule.id}'; it must be the file name, '{path.stem}'")
    return rule


def _patterns(path: Path) -> Iterator[dict[str, object]]:
    for number, line in enumerate(_printed(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=Pattern)
            fault = next(_token_faults(row), None)
        except (msgspec.MsgspecError, re.error) as error:
            fault = f"{error}{_known(str(error), Pattern)}"
        if fault is not None:
            raise RuleError(f"patterns/{path.name}, line {number}: {fault}")
        yield msgspec.json.decode(line)


def _token_faults(row: Pattern) -> Iterator[str]:
    """What is wrong with the words of a pattern. Raises re.error for an expression that is none."""
    for token in () if isinstance(row.pattern, str) else row.pattern:
        yield from _unknown("pattern", token, TOKEN)
        if not TIMES.fullmatch(str(token.get("OP", "?"))):
            yield f"OP: no '{token['OP']}'; there are ! ? * + {{n}} {{n,m}}"
        for value in token.values():
            if isinstance(value, dict) and isinstance(value.get("REGEX"), str):
                re.compile(value["REGEX"])


def _words(files: dict[str, Path]) -> Lexicon:
    by_name = {path.stem: path for path in _of(files, "words")}
    kinds = {info.name: info.type for info in msgspec.structs.fields(Lexicon)}
    unknown = sorted(set(by_name) - set(kinds))
    if unknown:
        raise RuleError(f"words/{unknown[0]}.toml: no such list; there are {', '.join(sorted(kinds))}")
    missing = sorted(set(kinds) - set(by_name))
    if missing:
        raise RuleError(f"words/{missing[0]}.toml is missing")
    found = Lexicon(**{name: decode(by_name[name], kind) for name, kind in kinds.items()})
    _expressions("titles", (found.titles.unlisted,), ())
    _expressions("labels", found.labels.prose, PARTY)
    return found


def _expressions(name: str, patterns: Iterable[str], groups: Sequence[str]) -> None:
    """Raises RuleError for a regular expression that is none, or that names other groups than `groups`."""
    for pattern in patterns:
        try:
            named = re.compile(pattern.replace("{office}", "")).groupindex
        except re.error as error:
            raise RuleError(f"words/{name}.toml: '{pattern}': {error}") from error
        fault = next(_unknown("group", named, groups), None)
        if fault is not None:
            raise RuleError(f"words/{name}.toml: '{pattern}': {fault}")


def _digest(files: dict[str, Path], rooms: tuple[str, ...]) -> str:
    sha = hashlib.sha256()
    for name, path in files.items():
        if name.split("/")[0] in rooms:
            sha.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()[:16]
