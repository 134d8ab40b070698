"""Opening a store for use: it is made when it is not there, and brought to today's version when it is older."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from quizkorea.core.errors import DataError
from quizkorea.store.connection import open_connection, refuse_newer, refuse_unfit_file, version_of
from quizkorea.store.migrations import MIGRATIONS, SCHEMA_VERSION, statements
from quizkorea.store.worded import make_folder, worded_errors

FileId = tuple[int, int] | None
"""Which file a path names: device and inode; None when it names none."""


def file_id_of(path: Path) -> FileId:
    """What must stay the same for a file to be the one that was opened."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def open_store(path: Path, backups: Path, now_ms: int) -> sqlite3.Connection:
    """Open a store, creating or migrating it first; an older one is copied into the folder `backups` before.

    A newer, corrupt or read-only one is refused and left untouched.
    """
    refuse_unfit_file(path)
    make_folder(path.parent)
    connection = open_connection(path)
    try:
        with worded_errors(path):
            refuse_newer(path, version_of(connection))
            if version_of(connection) < SCHEMA_VERSION:
                _migrate(connection, path, backups, now_ms)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection, path: Path, backups: Path, now_ms: int) -> None:
    """Bring a store to today's version: a backup of an older one first, then all steps or none."""
    if version_of(connection):
        from quizkorea.store.backups import write_backup  # a store of today's version needs none

        write_backup(connection, path, backups, now_ms, "before-migration")
    connection.execute("PRAGMA foreign_keys = OFF")  # ignored inside a transaction, so it comes before
    connection.execute("BEGIN IMMEDIATE")
    try:
        # another program may have been quicker: the version is read again under the lock
        for number in range(version_of(connection) + 1, SCHEMA_VERSION + 1):
            for statement in statements(MIGRATIONS[number - 1]):
                connection.execute(statement)
            if number == 1:
                connection.execute("INSERT INTO meta (id, version, created_ms) VALUES (1, 1, ?)", (now_ms,))
            connection.execute("UPDATE meta SET version = ?", (number,))
            connection.execute(f"PRAGMA user_version = {number}")
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise DataError(f"The store {path} could not be brought up to date: {len(broken)} rows lost their card.")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # on a full disk SQLite has rolled back by itself
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
