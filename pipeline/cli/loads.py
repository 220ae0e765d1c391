"""What a load of the registry has brought, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Console

from pipeline.audit.rows import ChangeRow
from pipeline.cli.screen import cell, understood
from pipeline.run.registry import Loaded

KINDS = {
    "new": "baru / new",
    "moved": "pindah / moved",
    "left": "keluar / left",
    "renamed": "ganti nama / renamed",
    "renumbered": "NIP diperbaiki / number mended",
    "unit_renamed": "unit ganti nama / unit renamed",
}


def shown(out: Console, loaded: Loaded, most: int) -> None:
    """The columns as understood, warnings, counts, and at most so many of the changes."""
    registry = loaded.registry
    understood(out, registry.columns, registry.unread)
    for warning in registry.warnings:
        out.print(cell(warning), soft_wrap=True)
    out.print(
        f"{len(registry.staff)} pegawai, {len(registry.units)} unit, {len(registry.offices)} jabatan. / "
        f"{len(registry.staff)} people, {len(registry.units)} units, {len(registry.offices)} offices.",
        soft_wrap=True,
    )
    for line in _changed(loaded.changes, most):
        out.print(line, soft_wrap=True)


def _changed(changes: tuple[ChangeRow, ...], most: int) -> Iterator[str]:
    if not changes:
        return
    count = Counter(change.kind for change in changes)
    yield "Perubahan / changes: " + ", ".join(f"{KINDS[kind]} {number}" for kind, number in count.items())
    for change in changes[:most]:
        before, after = cell(change.before) or "-", cell(change.after) or "-"
        yield f"  {KINDS[change.kind]}: {cell(change.name)}: {before} → {after}"
    if len(changes) > most:
        yield f"  … {len(changes) - most} lagi / more: pakta registry changes"
