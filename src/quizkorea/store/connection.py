"""The one way to open a store: pragmas, version check, migration, and foreign errors put into words (DESIGN §8)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from quizkorea.core.errors import DataError, StoreLocked, StoreNewer, StoreReadOnly, StoreUnreadable
from quizkorea.store.migrations import MIGRATIONS, SCHEMA_VERSION, statements

_MAGIC = b"SQLite format 3\x00"
_VERSION_AT = 60
"""Offset of `user_version` in the file header, four bytes, big-endian (SQLite file format, §1.3)."""
_APPLICATION_AT = 68
"""Offset of `application_id`, likewise."""
APPLICATION_ID = 0x716B6F72
"""`qkor`: it tells our store from any other SQLite database."""
BUSY_TIMEOUT_MS = 5_000


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


def open_store(path: Path, now_ms: int) -> sqlite3.Connection:
    """Open a store, creating or migrating it first. A newer, corrupt or read-only one is refused and left untouched."""
    _refuse_unfit_file(path)
    with worded_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = open_connection(path)
    try:
        with worded_errors(path):
            _refuse_newer(path, _version(connection))
            if _version(connection) < SCHEMA_VERSION:
                _migrate(connection, path, now_ms)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_unfit_file(path: Path) -> None:
    """Look at the bytes of the file before SQLite does: what is not ours is not even opened."""
    try:
        if not path.exists():
            return
        if not path.is_file():
            raise unreadable(path)
        with path.open("rb") as file:
            header = file.read(100)
        writable = path.stat().st_mode & 0o222
    except OSError as error:
        raise StoreUnreadable(
            f"The store {path} cannot be opened: {error.strerror or error}.",
            "Check the rights of the file and its folder.",
        ) from error
    if header and (not header.startswith(_MAGIC) or len(header) < 100):
        raise unreadable(path)
    if header and int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4], "big") != APPLICATION_ID:
        raise StoreUnreadable(
            f"{path} is a database of another program; it was left as it is.",
            "Name another home with --home, or move that file away.",
        )
    if header:
        _refuse_newer(path, int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big"))
    if not writable:
        raise _read_only(path)
    if path.with_name(f"{path.name}-wal").exists():
        # a newer program that was killed left its version in the log; a reader that only looks moves nothing
        with worded_errors(path), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reader:
            _refuse_newer(path, _version(reader))


def _refuse_newer(path: Path, version: int) -> None:
    if version > SCHEMA_VERSION:
        raise StoreNewer(
            f"The store {path} was written by a newer quizkorea (its version is {version}, this program knows "
            f"{SCHEMA_VERSION}); it was left untouched.",
            "Install the newer program again, or name another home with --home.",
        )


def _migrate(connection: sqlite3.Connection, path: Path, now_ms: int) -> None:
    """Bring a store to today's version: a backup of an older one first, then all steps or none."""
    before = _version(connection)
    if before:
        backup = path.parent / "backups" / f"{path.stem}-before-version-{SCHEMA_VERSION}-{now_ms}.db"
        backup.parent.mkdir(exist_ok=True)
        connection.execute("VACUUM INTO ?", (str(backup),))
    connection.execute("PRAGMA foreign_keys = OFF")  # ignored inside a transaction, so it comes before
    connection.execute("BEGIN IMMEDIATE")
    try:
        # another program may have been quicker: the version is read again under the lock
        for number in range(_version(connection) + 1, SCHEMA_VERSION + 1):
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
        connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """A write transaction: whole or not at all, and only on a store of today's version."""
    with worded_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            _refuse_newer(path, _version(connection))
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def worded_errors(path: Path) -> Iterator[None]:
    """Put what SQLite or the system says of the store into our own errors."""
    try:
        yield
    except sqlite3.Error as error:
        raise _worded(error, path) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:  # damage that SQLite cannot see
        raise unreadable(path) from error
    except OSError as error:
        raise StoreUnreadable(
            f"The store {path} cannot be used: {error.strerror or error}.",
            "Check the rights and the space of the disk.",
        ) from error


def _worded(error: sqlite3.Error, path: Path) -> DataError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreLocked(
            f"Another program has kept the store {path} locked for {BUSY_TIMEOUT_MS // 1000} seconds.",
            "Close the other quizkorea, then try again.",
        )
    if "readonly" in text or "read-only" in text:
        return _read_only(path)
    if "full" in text:
        return DataError(
            f"The disk that holds {path} is full; the last change was not saved.", "Free some space and try again."
        )
    if "unable to open" in text:
        return StoreUnreadable(
            f"The store {path} cannot be opened.", "Check that its folder exists and that you may write there."
        )
    if any(
        sign in text for sign in ("malformed", "not a database", "Could not decode", "no such table", "no such column")
    ):
        return unreadable(path)
    return DataError(f"The store {path} refused the change: {text}.")


def unreadable(path: Path) -> StoreUnreadable:
    """What is said of a file that is no store, or of one whose rows make no sense."""
    return StoreUnreadable(
        f"The store {path} is damaged or is no store of quizkorea; it was left as it is.",
        "Put a backup in its place, or name another home with --home.",
    )


def _read_only(path: Path) -> StoreReadOnly:
    return StoreReadOnly(
        f"The store {path} is read-only, so nothing could be saved.",
        "Give yourself the right to write it and its folder, or name another home with --home.",
    )
