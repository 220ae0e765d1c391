"""Does any locked package have a known vulnerability? Who cannot tell says so, and does not call it clean.

pip-audit ends with "no known vulnerabilities" also where not one package could be looked up (behind a mirror,
without a network). Here each package of the lock has to have been answered for.

    .audit/venv/bin/python .ci/audit.py LOCK...        0 clean, 1 vulnerable, 2 not audited
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.markers import Marker

CLEAN, VULNERABLE, UNKNOWN = 0, 1, 2
COMMAND = ("-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes", "--format", "json")


def locked(lock: str) -> set[str]:
    """The names of the packages in the text of a lock file, as an index spells them.

    >>> sorted(locked("pdfminer.six==1 # as locked"))
    ['pdfminer-six']
    """
    return {plain(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==", lock, re.MULTILINE)}


def plain(name: str) -> str:
    """A name as an index spells it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def told(report: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The packages that were looked up, with the ids of their vulnerabilities."""
    for package in report.get("dependencies", ()):
        if "skip_reason" not in package and "vulns" in package:
            yield plain(package["name"]), [found["id"] for found in package["vulns"]]


def verdict(
    wanted: Iterable[str], report: Mapping[str, Any], elsewhere: Iterable[str] = ()
) -> tuple[int, str]:
    """Exit code and sentence. `elsewhere`: packages that this platform does not install.

    >>> verdict({"a"}, {"dependencies": [{"name": "a", "version": "1", "vulns": []}]})[0]
    0
    >>> verdict({"a"}, {"dependencies": [{"name": "a", "skip_reason": "no network"}]})[0]
    2
    """
    found = dict(told(report))
    bad = {name: ids for name, ids in found.items() if ids}
    missing = sorted(set(wanted) - set(found) - set(elsewhere))
    if bad:
        names = "; ".join(f"{name}: {', '.join(ids)}" for name, ids in sorted(bad.items()))
        return VULNERABLE, f"rentan / vulnerable: {names}"
    if missing or not found:
        return UNKNOWN, (
            f"{len(missing)} paket tidak dapat diperiksa, jadi TIDAK dinyatakan bersih / "
            f"{len(missing)} packages could not be audited and are NOT called clean: {', '.join(missing[:8])}"
        )
    return CLEAN, f"{len(found)} paket diperiksa, bersih / {len(found)} packages audited, none is vulnerable"


def elsewhere(lock: str) -> set[str]:
    """The packages of a lock file that are for another platform or another Python than this one.

    >>> elsewhere("a==1 ; python_full_version < '3'")
    {'a'}
    """
    marked = re.findall(r"^([A-Za-z0-9][\w.-]*)==\S+ *; *([^\\\n]+)", lock, re.MULTILINE)
    return {plain(name) for name, marker in marked if not Marker(marker.strip()).evaluate()}


def audited(lock: Path) -> tuple[int, str]:
    """Exit code and sentence for a lock file."""
    ran = subprocess.run(
        [sys.executable, *COMMAND, "-r", str(lock)], capture_output=True, text=True, check=False
    )
    try:
        report = json.loads(ran.stdout)
    except ValueError:
        report = {}
        sys.stderr.write(ran.stderr[-600:])
    text = lock.read_text(encoding="utf-8")
    return verdict(locked(text), report, elsewhere(text))


def main(locks: list[str]) -> int:
    """Audit each lock file; the gravest of their exit codes."""
    codes = [CLEAN]
    for name in locks:
        code, sentence = audited(Path(name))
        print(f"{name}: {sentence}")
        codes.append(code)
    return VULNERABLE if VULNERABLE in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
