"""What Datasette shows beside the rows: a sentence for every table and column, and the usual questions."""

from __future__ import annotations

from importlib import resources
from typing import Any

import rtoml

from pipeline.schema import TABLES
from pipeline.store.views import views

WARNING = (
    "Tabel parties, staff, facts dan pages memuat NIP (data pribadi); Datasette tidak dapat menyamarkannya: "
    "jangan buka untuk umum. Tables parties, staff, facts and pages hold employee numbers (personal data), "
    "which Datasette cannot mask: do not serve them to the public."
)
FACETS = {
    "agreements": ["type", "year"],
    "files": ["status", "reason"],
    "findings": ["severity", "check_id", "state"],
    "overview": ["type", "year", "complete"],
    "signatures": ["state", "method"],
}


def metadata(title: str, database: str = "pakta") -> dict[str, Any]:
    """What `datasette FILE -m metadata.json` reads; `database` is the name of FILE without its suffix."""
    return {
        "title": title,
        "description": WARNING,
        "databases": {database: {"tables": _tables(), "queries": questions()}},
    }


def questions() -> dict[str, dict[str, str]]:
    """The canned queries by name: title, description and sql."""
    text = (resources.files("pipeline.store") / "questions.toml").read_text(encoding="utf-8")
    asked = rtoml.loads(text)["question"]
    return {q["name"]: {key: q[key].strip() for key in ("title", "description", "sql")} for q in asked}


def _tables() -> dict[str, dict[str, Any]]:
    tables = {
        table.name: _table(table.name, table.doc, {c.name: c.doc for c in table.columns}) for table in TABLES
    }
    return tables | {view.name: _table(view.name, view.doc, dict(view.columns)) for view in views()}


def _table(name: str, doc: str, columns: dict[str, str]) -> dict[str, Any]:
    described = {"description": doc, "columns": columns}
    return described | ({"facets": FACETS[name]} if name in FACETS else {})
