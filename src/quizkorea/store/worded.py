"""What SQLite or the system says of a store or a backup, put into our own errors."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizkorea.core.errors import DataError, StoreFull, StoreLocked, StoreReadOnly, StoreUnreadable

BUSY_TIMEOUT_MS = 5_000

_DAMAGE = ("malformed", "not a database", "Could not decode", "no such table", "no such column")
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def worded_errors(path: Path) -> Iterator[None]:
    """Put what goes wrong with a file into our own errors; ours pass as they are."""
    try:
        yield
    except sqlite3.Error as error:
        raise _worded(error, path) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:  # damage that SQLite cannot see
        raise unreadable(path) from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _full(path) from error
        raise StoreUnreadable(
            f"The store {path} cannot be used: {error.strerror or error}.",
            "Check the rights and the space of the disk.",
        ) from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that a file is broken, or no store of ours."""
    return any(sign in str(error) for sign in _DAMAGE)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it. Raises StoreReadOnly and StoreFull."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _full(folder) from error
        raise StoreReadOnly(
            f"The folder {folder} cannot be made: {error.strerror or error}.",
            "Check that place and your rights there, or name another home with --home.",
        ) from error


def _worded(error: sqlite3.Error, path: Path) -> DataError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreLocked(
            f"Another program has kept the store {path} locked for {BUSY_TIMEOUT_MS // 1000} seconds.",
            "Close the other quizkorea, then try again.",
        )
    if "readonly" in text or "read-only" in text:
        return read_only(path)
    if "full" in text or "disk I/O error" in text:
        # a file-size limit and a full disk under the write-ahead log both come as an I/O error
        return _full(path)
    if "unable to open" in text:
        return StoreUnreadable(
            f"The store {path} cannot be opened.", "Check that its folder exists and that you may write there."
        )
    if is_damage(error):
        return unreadable(path)
    return DataError(f"The store {path} refused the change: {text}.")


def _full(path: Path) -> StoreFull:
    return StoreFull(
        f"There is no room for {path}: its disk is full, or failing.",
        "Free some space and try again; what was saved before is safe.",
    )


def unreadable(path: Path) -> StoreUnreadable:
    """What is said of a file that is no store, or of one whose rows make no sense."""
    return StoreUnreadable(
        f"The store {path} is damaged or is no store of quizkorea.",
        "Put a backup in its place (quizkorea restore), or name another home with --home.",
    )


def read_only(path: Path) -> StoreReadOnly:
    """What is said of a file that may only be read."""
    return StoreReadOnly(
        f"The store {path} is read-only, so nothing could be saved.",
        "Give yourself the right to write it and its folder, or name another home with --home.",
    )
