"""What a store holds compared with a backup of it, and the backup written over it (DESIGN §8)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from quizkorea.core.errors import StoreLocked, StoreNewer, StoreUnreadable
from quizkorea.store.connection import open_connection, open_reader, refuse_unfit_file
from quizkorea.store.worded import is_damage, make_folder, worded_errors


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
    """What a store or a backup holds. Raises StoreUnreadable for a file that is no sound store.

    Not for a store that this program has open: looking at its bytes would give its locks away.
    """
    refuse_unfit_file(store, to_write=False)
    with open_reader(store) as connection:
        return holdings_in(connection, store)


def holdings_in(connection: sqlite3.Connection, store: Path) -> Holdings:
    """What a store holds that is open."""
    with worded_errors(store):
        return Holdings(*connection.execute(_HOLDINGS).fetchone())


Keep = Callable[[sqlite3.Connection | None], Path]
"""Copies a store, over a connection that has it alone; without one its bytes as they are."""


def is_blank(store: Path) -> bool:
    """Whether a first start was cut short before it made a table."""
    with open_reader(store) as connection:
        return not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]


def holdings_lost(store: Path, backup: Path) -> Holdings:
    """What the store holds and the backup does not."""
    with open_reader(store) as connection:
        connection.execute("ATTACH DATABASE ? AS other", (f"{backup.absolute().as_uri()}?mode=ro",))
        return Holdings(*connection.execute(_NOT_THERE).fetchone())


def check_backup(backup: Path) -> None:
    """Raises StoreUnreadable unless the file is a whole, sound store; StoreNewer for one of a newer program."""
    hint = "`quizkorea restore` lists the backups."
    if backup.is_dir():
        raise StoreUnreadable(f"{backup} is a folder; name a backup in it.", hint)
    if not backup.exists():
        raise StoreUnreadable(f"There is no backup {backup}.", hint)
    try:
        refuse_unfit_file(backup, to_write=False)
        with open_reader(backup) as connection:
            is_sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            connection.execute(_HOLDINGS).fetchone()
    except StoreNewer as error:
        raise StoreNewer(
            f"The backup {backup} was made by a newer quizkorea.", "Install that one to restore it."
        ) from error
    except StoreUnreadable as error:
        raise StoreUnreadable(f"{backup} is no whole backup of quizkorea.", hint) from error
    if not is_sound:
        raise StoreUnreadable(f"The backup {backup} is damaged.", hint)


def write_over(backup: Path, store: Path, keep: Keep | None = None) -> Path | None:
    """Make the store hold what the backup holds, whole or not at all, in the same file.

    `keep` copies the store as it is now, when nobody else can write any more; what it gives is returned, None when
    there was no store. Raises StoreLocked, with nothing changed, while another program has the store open.
    """
    make_folder(store.parent)
    kept, existed = None, store.exists() and store.stat().st_size > 0
    if existed and _is_beyond_repair(store):
        kept = keep(None) if keep is not None else None
        _empty(store)
        existed = False
    open_connection(store).close()  # a new or emptied file becomes a store that is known as ours
    with worded_errors(store), closing(sqlite3.connect(store, isolation_level=None, timeout=0.5)) as connection:
        _take_alone(connection, store)
        if existed and keep is not None:
            kept = keep(connection)
        with open_reader(backup) as source, worded_errors(store):  # a full disk is the store's, not the backup's
            source.backup(connection)
    return kept


def _take_alone(connection: sqlite3.Connection, store: Path) -> None:
    """In exclusive mode SQLite admits nobody else, not even one who only has the file open."""
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error) and "busy" not in str(error):
            raise
        raise StoreLocked(
            f"Another program has the store {store} open, so nothing was restored.",
            "Close every other quizkorea, then try again.",
        ) from error


def _is_beyond_repair(store: Path) -> bool:
    """Whether SQLite cannot open a file at all, for what stands in it and not for want of rights."""
    try:
        with open_reader(store) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except StoreUnreadable as error:
        return isinstance(error.__cause__, sqlite3.Error) and is_damage(error.__cause__)
    return False


def _empty(store: Path) -> None:
    """Make a file that SQLite cannot open one that it takes for new; it has been copied."""
    with worded_errors(store):
        os.truncate(store, 0)
        for suffix in ("-wal", "-shm"):
            store.with_name(store.name + suffix).unlink(missing_ok=True)
