"""What a store holds compared with a backup of it, and the backup written over it (DESIGN §8)."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from quizkorea.core.errors import StoreLocked, StoreUnreadable
from quizkorea.store.connection import open_connection, open_reader, refuse_unfit_file
from quizkorea.store.worded import unreadable, worded_errors


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a store holds of a learner. Reviews that were undone do not count."""

    reviews: int
    cards: int
    """Cards with a review."""
    first_day: str | None
    """ISO study day of the first review."""
    last_day: str | None


_HOLDINGS = """
SELECT count(*), count(DISTINCT card_key), min(study_day), max(study_day)
FROM review_log WHERE kind = 'review' AND undone_at IS NULL
"""

_NOT_THERE = """
SELECT count(*), count(DISTINCT card_key), min(study_day), max(study_day) FROM review_log r
WHERE r.kind = 'review' AND r.undone_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM other.review_log o WHERE o.id = r.id AND o.kind = 'review' AND o.undone_at IS NULL)
"""


def holdings_of(store: Path) -> Holdings:
    """What a store or a backup holds. Raises StoreUnreadable for a file that is no sound store."""
    refuse_unfit_file(store, to_write=False)
    with open_reader(store) as connection:
        return Holdings(*connection.execute(_HOLDINGS).fetchone())


def holdings_lost(store: Path, backup: Path) -> Holdings:
    """What the store holds and the backup does not."""
    with open_reader(store) as connection:
        connection.execute("ATTACH DATABASE ? AS other", (f"{backup.absolute().as_uri()}?mode=ro",))
        return Holdings(*connection.execute(_NOT_THERE).fetchone())


def check_backup(backup: Path) -> None:
    """Raises StoreUnreadable unless the file is a whole, sound store; StoreNewer for one of a newer program."""
    if not backup.is_file():
        raise StoreUnreadable(f"There is no backup {backup}.", "Run `quizkorea restore` to list the backups.")
    refuse_unfit_file(backup, to_write=False)
    with open_reader(backup) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not sound or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise unreadable(backup)


def write_over(backup: Path, store: Path) -> None:
    """Make the store hold what the backup holds, whole or not at all, in the same file.

    Raises StoreLocked while another program has the store open. A file that SQLite cannot open at all is emptied
    first: whoever calls has copied it.
    """
    with worded_errors(store):
        store.parent.mkdir(parents=True, exist_ok=True)
    if _is_beyond_repair(store):
        _empty(store)
    open_connection(store).close()  # a new or emptied file becomes a store that is known as ours
    with worded_errors(store), closing(sqlite3.connect(store, isolation_level=None, timeout=0.5)) as connection:
        _take_alone(connection, store)
        with open_reader(backup) as source:
            source.backup(connection)


def _take_alone(connection: sqlite3.Connection, store: Path) -> None:
    """In exclusive mode SQLite admits nobody else, not even one who only has the file open."""
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise StoreLocked(
            f"Another program has the store {store} open, so nothing was restored.",
            "Close every other quizkorea, then try again.",
        ) from error


def _is_beyond_repair(store: Path) -> bool:
    if not store.exists():
        return False
    try:
        with open_reader(store) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except StoreUnreadable:
        return True
    return False


def _empty(store: Path) -> None:
    with worded_errors(store):
        os.truncate(store, 0)
        for suffix in ("-wal", "-shm"):
            store.with_name(store.name + suffix).unlink(missing_ok=True)
