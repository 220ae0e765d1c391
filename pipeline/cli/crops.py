"""Pictures of slots as files, named by their ids."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pipeline.errors import StorageError


def write_crops(connection: sqlite3.Connection, folder: Path, sql: str) -> None:
    """Write what `sql` returns, id and JPEG, to `folder`/ID.jpg. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in connection.execute(sql):
            if picture is not None:
                (folder / f"{name}.jpg").write_bytes(picture)
    except OSError as error:
        raise StorageError(f"{folder}: tidak dapat ditulis / cannot be written ({error.strerror})") from error
