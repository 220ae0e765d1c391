"""What a run has brought, in words: the balance, what needs a person, findings, how to look further."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from pipeline.cli.screen import cell, screen, table
from pipeline.run.audit import Audited
from pipeline.run.balance import NEEDS_PERSON, Balance
from pipeline.run.ingest import Outcome
from pipeline.run.order import Order
from pipeline.run.reasons import Reason, reason_of, reasons
from pipeline.schema import FILE_STATUS

STATUS = {
    "loaded": "dimuat / loaded",
    "duplicate": "ganda / duplicate",
    "skipped": "dilewati / skipped",
    "failed": "gagal / failed",
    "held": "ditahan / held",
}
SEVERITY = {"error": "galat / error", "warning": "peringatan / warning", "info": "informasi / info"}
NAMED = 5  # files that are named for each reason
DONE, NEEDS = 0, 1  # exit codes


def report(outcome: Outcome, order: Order) -> int:
    """Say what a run has brought; the exit code: 1 where something needs a person."""
    out, known = screen(), reasons(order.rules)
    out.print(balance_table(outcome.balance, known))
    for line in needed(outcome.balance, known):
        out.print(line, soft_wrap=True)
    findings(out, outcome.audited)
    out.print(
        f"Baru dibaca {outcome.balance.read} dokumen. / {outcome.balance.read} documents read now."
        if outcome.changed
        else "Tidak ada yang baru; basis data tidak diubah. / Nothing new; the database is as it was."
    )
    further(out, order.db)
    return NEEDS if open_matters(outcome) else DONE


def open_matters(outcome: Outcome) -> bool:
    """Whether something needs a person: a file that could not be read, or a finding of severity error."""
    files = sum(outcome.balance.of(status) for status in NEEDS_PERSON)
    return bool(files or outcome.audited.errors)


def balance_table(balance: Balance, known: dict[str, Reason]) -> object:
    """Found = loaded + duplicate + skipped + failed + held, with the reasons."""
    return table("Neraca / balance", ("berkas / files", "jumlah / number"), _balance_rows(balance, known))


def _balance_rows(balance: Balance, known: dict[str, Reason]) -> Iterator[tuple[str, int]]:
    yield "ditemukan / found", balance.found
    for status in FILE_STATUS:
        yield f"= {STATUS[status]}" if status == "loaded" else f"+ {STATUS[status]}", balance.of(status)
        for _, code, number in (one for one in balance.counts if one[0] == status and one[1]):
            reason = reason_of(code, known)
            yield f"      {reason.id} / {reason.en}", number


def needed(balance: Balance, known: dict[str, Reason]) -> Iterator[str]:
    """What a person has to do, reason by reason, with the first files of each."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for entry in balance.trouble:
        by_reason[entry.reason or ""].append(entry.shown)
    if by_reason:
        yield "Perlu tindakan / needs a person:"
    for code, names in sorted(by_reason.items()):
        reason = reason_of(code, known)
        yield f"- {reason.id}: {reason.do_id} / {reason.en}: {reason.do_en}"
        yield from (f"    {cell(name)}" for name in names[:NAMED])
        if len(names) > NAMED:
            yield f"    … {len(names) - NAMED} lagi / more"
    if by_reason:
        yield ""


def findings(out: Console, audited: Audited) -> None:
    """The open findings by severity and check."""
    if not audited.findings:
        number = audited.agreements
        out.print(f"{number} perjanjian, tanpa temuan. / {number} agreements, no findings.\n")
        return
    rows = [(SEVERITY[severity], check, number) for severity, check, number in audited.findings]
    headings = ("tingkat / severity", "pemeriksaan / check", "jumlah / number")
    title = f"Temuan pada {audited.agreements} perjanjian / findings in {audited.agreements} agreements"
    out.print(table(title, headings, rows))


def further(out: Console, db: Path) -> None:
    """How to look further."""
    name = cell(db)
    out.print("Lihat lebih lanjut / look further:")
    for command, what in (
        ("findings", "setiap temuan / every finding"),
        ("coverage", "siapa sudah menyerahkan apa / who has handed in what"),
        ("export overview", "tabel untuk program lain / tables for other programs"),
    ):
        out.print(f"  pakta {command} --db {name}   {what}", soft_wrap=True)
