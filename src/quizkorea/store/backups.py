"""Backups of a store: written whole or not at all, thinned, and put back through SQLite (DESIGN §8)."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from quizkorea.core.errors import BackupFailed
from quizkorea.core.thinning import DAILY, BackupMade, expendable
from quizkorea.store.connection import open_reader
from quizkorea.store.worded import is_damage, unreadable, worded_errors

_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{6}Z)-(?P<reason>[a-z-]+?)(?:-\d+)?\.db")
_TIME = "%Y%m%dT%H%M%SZ"
_UNFINISHED = ".part"


def write_backup(connection: sqlite3.Connection, store: Path, folder: Path, now_ms: int, reason: str) -> Path:
    """Copy the last committed state of a store into the folder of backups; the path of the copy.

    Programs that write meanwhile go on. The copy is on disk, and was read once, before it takes its name. Raises
    BackupFailed, with nothing left behind, and StoreUnreadable when the store itself is damaged.
    """
    unfinished = folder / f".{store.stem}-{os.getpid()}{_UNFINISHED}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        _sweep(folder, unfinished)
        _check_copy(unfinished)
        flush(unfinished)
        path = _free_name(folder, store.stem, now_ms, reason)
        os.rename(unfinished, path)
        flush(folder)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise unreadable(store) from error
        cause = "it cannot be written" if "unable to open" in str(error) else str(error)
        raise _failed(folder, cause) from error
    except OSError as error:
        raise _failed(folder, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):  # what stopped the copy is already on its way up
            unfinished.unlink(missing_ok=True)
    return path


def _check_copy(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        try:
            is_sound = copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        except sqlite3.DatabaseError:
            is_sound = False
    if not is_sound:
        raise OSError("the copy was spoilt while it was written")


def _failed(folder: Path, cause: str) -> BackupFailed:
    return BackupFailed(
        f"No backup could be written to {folder}: {cause}.", "Check that folder's rights and the room on its disk."
    )


def backup_file(store: Path, folder: Path, now_ms: int, reason: str) -> Path:
    """`write_backup` of a store that somebody else may have open."""
    with open_reader(store) as connection:
        return write_backup(connection, store, folder, now_ms, reason)


def backups_in(folder: Path, stem: str) -> list[BackupMade]:
    """The backups of one store, newest first. Files with other names are nobody's business here."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    made = []
    for name in names:
        match = _NAME.fullmatch(name)
        if match and match["stem"] == stem:
            with suppress(ValueError):  # no date: somebody else's file
                at = datetime.strptime(match["at"], _TIME).replace(tzinfo=UTC)
                made.append(BackupMade(int(at.timestamp()) * 1000, match["reason"], name))
    return sorted(made, key=lambda one: (one.at_ms, len(one.name), one.name), reverse=True)


def thin(folder: Path, stem: str, now_ms: int) -> list[str]:
    """Delete the backups that are no longer needed, as far as the rights go; their names."""
    gone = [made.name for made in expendable(backups_in(folder, stem), now_ms)]
    for name in gone:
        with suppress(OSError):  # one that cannot be deleted takes room, and no more
            (folder / name).unlink(missing_ok=True)
    return gone


def daily_backup(connection: sqlite3.Connection, store: Path, folder: Path, now_ms: int) -> Path | None:
    """The backup of today (UTC) if there is none yet and the store holds anything of a learner; then thin out."""
    # a copy from a day on which the clock was wrong is not one of today
    made = [one for one in backups_in(folder, store.stem) if one.at_ms <= now_ms]
    if made and made[0].at_ms // _DAY_MS >= now_ms // _DAY_MS:
        return None
    with worded_errors(store):
        if not connection.execute(_HOLDS_ANYTHING).fetchone()[0]:
            return None
    path = write_backup(connection, store, folder, now_ms, DAILY)
    thin(folder, store.stem, now_ms)
    return path


_DAY_MS = 86_400_000
_HOLDS_ANYTHING = """
SELECT EXISTS (SELECT 1 FROM review_log) OR EXISTS (SELECT 1 FROM mark_log) OR EXISTS (SELECT 1 FROM draft)
    OR EXISTS (SELECT 1 FROM answer_text) OR EXISTS (SELECT 1 FROM quiz)
"""


def _free_name(folder: Path, stem: str, now_ms: int, reason: str) -> Path:
    at = datetime.fromtimestamp(now_ms // 1000, UTC).strftime(_TIME)
    path, number = folder / f"{stem}-{at}-{reason}.db", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{at}-{reason}-{number}.db"
    return path


def _sweep(folder: Path, unfinished: Path) -> None:
    """Delete what killed programs left half written; a copy that is being written now is young."""
    young = unfinished.stat().st_mtime - 3600
    for other in folder.glob(f"{unfinished.name.rpartition('-')[0]}-*{_UNFINISHED}*"):
        with suppress(OSError):
            if other.stat().st_mtime < young:
                other.unlink()


def flush(path: Path) -> None:
    """Make a file, or the names in a folder, outlast a loss of power."""
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":  # a folder cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
