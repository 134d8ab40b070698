"""When the file of the store was deleted or replaced under the program: what it held is copied to a safe place."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from shlex import quote

from quizkorea.core.errors import DataError, StoreLost
from quizkorea.core.thinning import RESCUED
from quizkorea.store.backups import write_backup


def rescue(connection: sqlite3.Connection, store: Path, backups: Path, command: str) -> StoreLost:
    """Copy all that the connection still holds; the error that says where it is now, and the command to restore it.

    The log beside the store is deleted then: SQLite would play it into whatever file stands in the store's place.
    The system keeps a deleted file readable for as long as somebody has it open. Where the folder of backups cannot
    be written either, the copy goes to the folder for temporary files.
    """
    now_ms = time.time_ns() // 1_000_000
    for folder in (backups, Path(tempfile.gettempdir())):
        try:
            copy = write_backup(connection, store, folder, now_ms, RESCUED)
        except DataError:
            continue
        _drop_log(store)
        return StoreLost(
            f"The store {store} was deleted or replaced while the program ran; all of it, "
            f"the last answer included, was copied to {copy}.",
            f"Bring it back with: {command} {quote(str(copy))}",
        )
    return StoreLost(
        f"The store {store} was deleted or replaced while the program ran, and no copy of it could be written.",
        "Answers of this session may be lost; put the file back and start again.",
    )


def _drop_log(store: Path) -> None:
    """Delete the write-ahead log of the lost file, if it is still the one that this program has open."""
    ours = set()
    for handle in range(3, _MOST_HANDLES):
        with suppress(OSError):
            status = os.fstat(handle)
            ours.add((status.st_dev, status.st_ino))
    for suffix in ("-wal", "-shm"):
        log = store.with_name(store.name + suffix)
        with suppress(OSError):
            status = log.stat()
            if (status.st_dev, status.st_ino) in ours:
                log.unlink()


_MOST_HANDLES = 256
"""SQLite's are among the first that a program opens."""
