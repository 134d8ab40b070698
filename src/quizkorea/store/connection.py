"""The one way to connect to a store: pragmas, version check, and whole transactions (DESIGN §8)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizkorea.core.errors import StoreForeign, StoreNewer, StoreUnreadable
from quizkorea.store.migrations import SCHEMA_VERSION
from quizkorea.store.worded import BUSY_TIMEOUT_MS, read_only, unreadable, worded_errors

_MAGIC = b"SQLite format 3\x00"
_VERSION_AT = 60
"""Offset of `user_version` in the file header, four bytes, big-endian (SQLite file format, §1.3)."""
_APPLICATION_AT = 68
"""Offset of `application_id`, likewise."""
APPLICATION_ID = 0x716B6F72
"""`qkor`: it tells our store from any other SQLite database."""


def open_connection(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode with our pragmas; transactions are begun by hand with `transaction`.

    Raises StoreUnreadable when SQLite cannot make sense of the file.
    """
    with worded_errors(path):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            connection.execute("PRAGMA foreign_keys = ON")
            if not path.stat().st_size:
                # in the main file before the log takes over, so that a kill leaves a file that is known as ours
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            connection.close()
            raise
    return connection


@contextmanager
def open_reader(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that moves nothing; beside a transaction of another one it sees the state before."""
    with worded_errors(path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            yield connection
        finally:
            connection.close()


def refuse_unfit_file(path: Path, *, to_write: bool = True) -> None:
    """Look at the bytes of the file before SQLite does: what is not ours is not even opened.

    Raises StoreUnreadable, StoreNewer and, where it is to be written, StoreReadOnly.
    """
    try:
        if not path.exists():
            return
        if not path.is_file():
            raise unreadable(path)
        with path.open("rb") as file:
            header = file.read(100)
        # an administrator may write everything, but a file that is marked read-only is meant to stay as it is
        marked = path.stat().st_mode & 0o222
        writable = marked and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)
    except OSError as error:
        raise StoreUnreadable(
            f"The store {path} cannot be opened: {error.strerror or error}.",
            "Check the rights of the file and its folder.",
        ) from error
    if header and (not header.startswith(_MAGIC) or len(header) < 100):
        raise unreadable(path)
    if header and int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4], "big") != APPLICATION_ID:
        raise StoreForeign(
            f"{path} is a database of another program; it was left as it is.",
            "Name another home with --home, or move that file away.",
        )
    if header:
        refuse_newer(path, int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big"))
    if to_write and not writable:
        raise read_only(path)
    if path.with_name(f"{path.name}-wal").exists():
        # a newer program that was killed left its version in the log
        with open_reader(path) as reader:
            refuse_newer(path, version_of(reader))


def refuse_newer(path: Path, version: int) -> None:
    """Raises StoreNewer for a version that this program does not know."""
    if version > SCHEMA_VERSION:
        raise StoreNewer(
            f"The store {path} was written by a newer quizkorea (its version is {version}, this program knows "
            f"{SCHEMA_VERSION}); it was left untouched.",
            "Install the newer program again, or name another home with --home.",
        )


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the last migration that the store went through."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """A write transaction: whole or not at all, and only on a store of today's version."""
    with worded_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            refuse_newer(path, version_of(connection))
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
