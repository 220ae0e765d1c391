"""TOML into strict values: an unknown key is refused, and told what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
import rtoml

from pipeline.errors import RuleError

T = TypeVar("T")

DATES = (datetime, date, time)  # TOML has its own


class Strict(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True):
    """A rule file or a part of one: an unknown key is an error."""


def decode(path: Path, kind: type[T]) -> T:
    """The TOML file `path` as a `kind`. Raises RuleError: file, place, and the keys that would be right."""
    try:
        return msgspec.convert(rtoml.loads(printed(path)), kind, builtin_types=DATES)
    except (msgspec.MsgspecError, rtoml.TomlParsingError) as error:
        raise RuleError(f"{path.parent.name}/{path.name}: {error}{known(str(error), kind)}") from error


def printed(path: Path) -> str:
    """The text of a rule file, with or without the mark that some editors put before it."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(f"{path.parent.name}/{path.name}: not UTF-8, byte {error.start + 1}") from error
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error


def known(message: str, kind: type) -> str:
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


def unknown(key: str, said: Iterable[str], known: Sequence[str]) -> Iterator[str]:
    for name in said:
        if name not in known:
            yield f"{key}: no '{name}'; there are {', '.join(known) or 'none'}"
