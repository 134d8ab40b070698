"""Backups by hand, and a backup put back (DESIGN §8)."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from quizkorea.core.errors import DataError, StoreForeign, StoreUnreadable, UsageError
from quizkorea.core.thinning import BY_HAND, BackupMade
from quizkorea.store.backups import backup_file, backups_in, flush, write_backup
from quizkorea.store.connection import refuse_unfit_file
from quizkorea.store.restoring import Holdings, check_backup, holdings_lost, holdings_of, write_over
from quizkorea.store.worded import make_folder, worded_errors
from quizkorea.trainer.folders import Home

__all__ = ["BackupMade", "Holdings", "RestorePlan", "Safe"]


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a restore would do, for the learner to decide."""

    backup: Path
    holds: Holdings
    """What the backup holds."""
    has_store: bool
    """Whether there is a store to be replaced."""
    replaced: Holdings | None
    """What the store holds now; None when it is not there or cannot be read."""
    lost: Holdings | None
    """Of that, what the backup does not hold."""


class Safe:
    """The backups of one learner's store. The store need not be open, nor even readable."""

    def __init__(self, home: Home, now_ms: Callable[[], int]) -> None:
        self._home, self._now_ms = home, now_ms

    def backups(self) -> list[BackupMade]:
        """What there is, newest first. Raises DataError for a folder that may not be read."""
        folder = self._home.backups
        if folder.exists() and not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
            raise DataError(f"The folder of backups {folder} cannot be read.", "Check it and its rights.")
        return backups_in(self._home.backups, self._home.store.stem)

    def path_of(self, made: BackupMade) -> Path:
        """The file of a backup."""
        return self._home.backups / made.name

    def back_up(self) -> tuple[Path, Holdings]:
        """Copy the store now; the copy and what it holds. Raises UsageError when there is no store yet."""
        store = self._home.store
        if not store.exists():
            raise UsageError(f"There is no store at {store} yet.", "It is made when you first study.")
        holdings_of(store)  # what cannot be read is no backup either
        path = backup_file(store, self._home.backups, self._now_ms(), BY_HAND)
        return path, holdings_of(path)

    def plan_restore(self, name: str) -> RestorePlan:
        """What putting a backup back would replace. `name` is a path, or the name of a file among the backups.

        Raises StoreUnreadable for a file that is no whole, sound store, and StoreNewer for one of a newer program.
        """
        backup = self._find(name)
        check_backup(backup)
        store = self._home.store
        replaced = lost = None
        if store.exists():
            if backup.samefile(store):
                raise UsageError(f"{backup} is the store itself, not a backup of it.")
            try:
                replaced, lost = holdings_of(store), holdings_lost(store, backup)
            except StoreUnreadable:
                replaced = lost = None  # a damaged store is what a restore is for
        return RestorePlan(backup, holdings_of(backup), store.exists(), replaced, lost)

    def restore(self, plan: RestorePlan) -> Path | None:
        """Put a backup back; where the store as it was is kept, None if there was none.

        Raises StoreLocked, with nothing changed, while another program has the store open.
        """
        store = self._home.store
        if store.exists():
            self._refuse_unfit(store)
        return write_over(plan.backup, store, self._keep)

    def _refuse_unfit(self, store: Path) -> None:
        """A damaged store is what a restore is for; a read-only, newer or foreign one is left as it is."""
        try:
            refuse_unfit_file(store)
        except StoreForeign:
            raise
        except StoreUnreadable:
            return

    def _keep(self, connection: sqlite3.Connection | None) -> Path:
        store, folder = self._home.store, self._home.backups
        if connection is None:
            return self._keep_damaged()
        try:
            return write_backup(connection, store, folder, self._now_ms(), "before-restore")
        except StoreUnreadable:  # damage that only a whole reading finds
            return self._keep_damaged()

    def _keep_damaged(self) -> Path:
        """The bytes as they are, on disk; somebody may still read something out of them."""
        store, folder = self._home.store, self._home.backups
        make_folder(folder)
        with worded_errors(folder):
            names = (folder / f"{store.stem}-damaged-{self._now_ms() + more}.db" for more in count())
            kept = next(name for name in names if not name.exists())
            for suffix in ("", "-wal"):
                part = store.with_name(store.name + suffix)
                if part.exists():
                    shutil.copy2(part, kept.with_name(kept.name + suffix))
                    flush(kept.with_name(kept.name + suffix))
        return kept

    def _find(self, name: str) -> Path:
        try:
            path = Path(name).expanduser()
        except RuntimeError as error:
            raise UsageError(f"{name!r} names no file: {error}.", "Write the path in full.") from error
        beside = self._home.backups / name
        return beside if not path.exists() and beside.is_file() else path
