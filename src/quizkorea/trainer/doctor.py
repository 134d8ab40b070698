"""`doctor`: is everything that a learner did safe, and if not, what to do about it (DESIGN §4, §8)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from quizkorea.core.counting import counted
from quizkorea.core.errors import DataError, StoreUnreadable
from quizkorea.store.backups import backups_in
from quizkorea.store.connection import refuse_unfit_file
from quizkorea.store.health import damage, differing_states, newest_row_ms, rebuild_states
from quizkorea.store.restoring import Holdings, check_backup, holdings_in, holdings_of, is_blank
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.folders import name_of
from quizkorea.trainer.places import (
    NETWORK_FILE_SYSTEMS,
    file_system_of,
    free_bytes,
    is_writable,
    read_mounts,
    synced_by,
)

DAY_MS = 86_400_000
OLD_BACKUP_DAYS = 7
LEAST_ROOM = 50_000_000
"""Bytes; below this the next backups may not fit."""


class Level(StrEnum):
    """How much a line of the doctor's matters."""

    FINE = "ok"
    ADVICE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at."""

    level: Level
    text: str
    advice: str = ""
    """What to do, a sentence or a command."""


def fine(text: str) -> Line:
    """A line that needs nothing done."""
    return Line(Level.FINE, text)


class Doctor:
    """Looks at a learner's data. The trainer is not open yet: what is looked at may not be fit to be opened."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._home, self._store = trainer.home, trainer.home.store

    def examine(self) -> Iterator[Line]:
        """Line by line. Raises DataError where the store cannot be used at all; what came before stands."""
        yield from self._place()
        try:
            if not self._store.exists() or is_blank(self._store):
                yield from self._without_store()
                return
            refuse_unfit_file(self._store, to_write=False)
            found = damage(self._store)
            holds = holdings_of(self._store)
        except StoreUnreadable as error:
            yield Line(Level.PROBLEM, error.message, self._how_to_restore)
            yield from self._backups()
            raise
        yield from self._backups(holds)
        if found:
            text = f"The store is damaged: {found[0]} ({counted(len(found), 'finding')})."
            yield Line(Level.PROBLEM, text, self._how_to_restore)
            return
        yield fine("The store is whole: every page and every reference.")
        with self._trainer as trainer:
            yield from _log_and_states(trainer)
            yield from _decks(trainer)

    @property
    def _how_to_restore(self) -> str:
        return f"See the backups with `{self._home.command('restore')}`, then restore the newest sound one."

    def _without_store(self) -> Iterator[Line]:
        made = backups_in(self._home.backups, self._store.stem)
        if made:
            advice = f"Bring it back with: {self._home.command('restore ' + made[0].name)}"
            yield Line(Level.PROBLEM, f"There is no store at {self._store}, but there are backups of it.", advice)
        else:
            yield fine(f"There is no store at {self._store} yet; it is made when you first study.")

    def _place(self) -> Iterator[Line]:
        folder = self._home.folder
        while not folder.is_dir():
            if folder.exists():
                yield Line(Level.PROBLEM, f"{name_of(folder)} is a file, and should be a folder.", "Move it away.")
            folder = folder.parent
        yield fine(f"Your data is in {name_of(self._home.folder)}.")
        if not is_writable(folder):
            yield Line(Level.PROBLEM, f"{name_of(folder)} cannot be written.", "Give yourself the right to write it.")
        kind = file_system_of(folder.resolve(), read_mounts())
        if kind in NETWORK_FILE_SYSTEMS:
            yield Line(
                Level.PROBLEM,
                f"It lies on a network drive ({kind}), where two programs can damage a database.",
                "Move it to a disk of this computer and name it with --home.",
            )
        owner = synced_by(folder.resolve())
        if owner is not None:
            yield Line(
                Level.ADVICE,
                f"It lies in {owner}, which copies files while they are being written.",
                "Keep the home elsewhere, name it with --home, and let it copy backups/ only.",
            )
        room = free_bytes(folder)
        if room is not None:
            size = self._store.stat().st_size if self._store.exists() else 0
            if room < max(LEAST_ROOM, 3 * size):
                yield Line(Level.PROBLEM, f"Only {_size(room)} are free on its disk.", "Free some space.")
            else:
                yield fine(f"The store takes {_size(size)}; {_size(room)} are free on its disk.")

    def _backups(self, holds: Holdings | None = None) -> Iterator[Line]:
        """What there is of backups; `holds` is what the store holds, None when it cannot be read."""
        folder = self._home.backups
        if folder.exists() and not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
            yield Line(Level.PROBLEM, f"{name_of(folder)} is no folder that can be read.", "Check it and its rights.")
            return
        now_ms, run = self._trainer.clock.now_ms(), f"Run: {self._home.command('backup')}"
        made = backups_in(folder, self._store.stem)
        past = [one for one in made if one.at_ms <= now_ms]
        if len(past) < len(made):
            text = f"{counted(len(made) - len(past), 'backup')} dated in the future: the clock was wrong."
            yield Line(Level.ADVICE, text, "Check the computer's date; delete what you do not need.")
        if not past:
            if holds is not None and not holds.reviews:
                yield fine("There is no review yet, so there is nothing to back up.")
            elif holds is None or holds.first_day == self._trainer.today.isoformat():
                yield fine("There is no backup yet; the first is made at your next session.")
            else:
                yield Line(Level.ADVICE, "There is no backup yet.", run)
            return
        try:
            check_backup(folder / past[0].name)
        except DataError as error:
            yield Line(Level.PROBLEM, f"The newest backup cannot be used: {error.message}", run)
            return
        days = (now_ms - past[0].at_ms) // DAY_MS
        text = f"{counted(len(past), 'backup')}; the newest, {past[0].name}, is sound and {_age(days)}."
        yield Line(Level.ADVICE, text, run) if days > OLD_BACKUP_DAYS else fine(text)

    def rebuild(self) -> int:
        """Recompute every card's state from the log, after a backup; how many were different."""
        with self._trainer as trainer:
            trainer.store.back_up(trainer.clock.now_ms(), "before-rebuild")
            return rebuild_states(trainer.store, trainer.scheduler.state_from_log)


def _log_and_states(trainer: Trainer) -> Iterator[Line]:
    store = trainer.store
    holds = holdings_in(store.connection, store.path)
    span = f" from {holds.first_day} to {holds.last_day}" if holds.reviews else ""
    yield fine(f"{counted(holds.reviews, 'review')} of {counted(holds.cards, 'card')}{span}.")
    differing = list(differing_states(store.connection, store.path, trainer.scheduler.state_from_log))
    if differing:
        text = f"{counted(len(differing), 'card')} {_are(len(differing))} scheduled otherwise than the log says."
        yield Line(Level.PROBLEM, text, f"Run: {trainer.home.command('doctor --rebuild')}")
    else:
        yield fine("Every card is scheduled as its log says.")
    ahead = newest_row_ms(store.connection, store.path) - trainer.clock.now_ms()
    if ahead > DAY_MS:
        text = f"The newest review lies {counted(ahead // DAY_MS, 'day')} in the future: the clock was set back."
        yield Line(Level.ADVICE, text, "Check the computer's date. Your schedule is safe.")


def _decks(trainer: Trainer) -> Iterator[Line]:
    for problem in trainer.report.problems:
        yield Line(Level.ADVICE, problem)
    orphans = trainer.orphans.all()
    if orphans:
        reviews = sum(orphan.reviews for orphan in orphans)
        text = f"{counted(len(orphans), 'orphan')} with {counted(reviews, 'review')}: cards that their decks dropped."
        yield Line(Level.ADVICE, text, f"Run: {trainer.home.command('orphans list')}")
    else:
        yield fine("There are no orphans.")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _age(days: int) -> str:
    return "less than a day old" if not days else f"{counted(days, 'day')} old"


def _size(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"
