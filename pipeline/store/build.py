"""A new database: its tables, indexes, full-text indexes and views, laid into an empty file."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from pipeline.schema import APPLICATION_ID, SCHEMA_VERSION
from pipeline.store import tables, views
from pipeline.store.transaction import transaction


def build(connection: sqlite3.Connection) -> None:
    """Lay tables, indexes, full-text indexes and views into an empty database."""
    with transaction(connection):
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        tables.create(database(connection))
        views.create(database(connection))


def database(connection: sqlite3.Connection) -> Database:
    """The connection with the verbs of sqlite-utils; plugins stay out."""
    return Database(connection, execute_plugins=False)
