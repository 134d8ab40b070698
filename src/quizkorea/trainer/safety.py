"""Backups by hand, and a backup put back (DESIGN §8)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from quizkorea.core.errors import StoreUnreadable, UsageError
from quizkorea.core.thinning import BY_HAND, BackupMade
from quizkorea.store.backups import backup_file, backups_in
from quizkorea.store.connection import refuse_unfit_file
from quizkorea.store.restoring import Holdings, check_backup, holdings_lost, holdings_of, write_over
from quizkorea.store.worded import worded_errors
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
        """What there is, newest first."""
        return backups_in(self._home.backups, self._home.store.stem)

    def path_of(self, made: BackupMade) -> Path:
        """The file of a backup."""
        return self._home.backups / made.name

    def back_up(self) -> tuple[Path, Holdings]:
        """Copy the store now; the copy and what it holds. Raises UsageError when there is no store yet."""
        store = self._home.store
        if not store.exists():
            raise UsageError(f"There is no store at {store} yet.", "It is made when you first study.")
        refuse_unfit_file(store, to_write=False)
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
        kept = self._keep(plan)
        write_over(plan.backup, self._home.store)
        return kept

    def _keep(self, plan: RestorePlan) -> Path | None:
        store, folder = self._home.store, self._home.backups
        if not plan.has_store:
            return None
        if plan.replaced is not None:
            with suppress(StoreUnreadable):  # damage that only a whole reading finds
                return backup_file(store, folder, self._now_ms(), "before-restore")
        return self._keep_damaged(store, folder)

    def _keep_damaged(self, store: Path, folder: Path) -> Path:
        """The bytes as they are; somebody may still read something out of them."""
        kept = folder / f"{store.stem}-damaged-{self._now_ms()}.db"
        with worded_errors(kept):
            folder.mkdir(parents=True, exist_ok=True)
            for suffix in ("", "-wal"):
                part = store.with_name(store.name + suffix)
                if part.exists():
                    shutil.copy2(part, kept.with_name(kept.name + suffix))
        return kept

    def _find(self, name: str) -> Path:
        path = Path(name).expanduser()
        beside = self._home.backups / name
        return beside if not path.exists() and beside.is_file() else path
