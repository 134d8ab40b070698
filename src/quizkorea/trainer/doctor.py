"""`doctor`: is everything that a learner did safe, and if not, what to do about it (DESIGN §4, §8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from quizkorea.core.errors import DataError
from quizkorea.store.backups import backups_in
from quizkorea.store.connection import refuse_unfit_file
from quizkorea.store.health import damage, differing_states, newest_row_ms, rebuild_states
from quizkorea.store.restoring import Holdings, check_backup, holdings_of
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
        if not self._store.exists():
            yield fine(f"There is no store at {self._store} yet; it is made when you first study.")
            return
        refuse_unfit_file(self._store, to_write=False)
        found = damage(self._store)
        yield from self._backups(holdings_of(self._store))
        if found:
            yield Line(Level.PROBLEM, f"The store is damaged: {found[0]} ({len(found)} findings).", _HOW_TO_RESTORE)
            return
        yield fine("The store is whole: every page and every reference.")
        with self._trainer as trainer:
            yield from _log_and_states(trainer)
            yield from _decks(trainer)

    def _place(self) -> Iterator[Line]:
        folder = self._home.folder
        while not folder.exists():
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
                "Keep the home elsewhere and let it copy the folder backups/ only.",
            )
        room = free_bytes(folder)
        if room is not None:
            size = self._store.stat().st_size if self._store.exists() else 0
            if room < max(LEAST_ROOM, 3 * size):
                yield Line(Level.PROBLEM, f"Only {_size(room)} are free on its disk.", "Free some space.")
            else:
                yield fine(f"The store takes {_size(size)}; {_size(room)} are free on its disk.")

    def _backups(self, holds: Holdings) -> Iterator[Line]:
        made = backups_in(self._home.backups, self._store.stem)
        if not holds.reviews:
            yield fine("There is no review yet, so there is nothing to back up.")
            return
        if not made:
            if holds.first_day == self._trainer.today.isoformat():
                yield fine("There is no backup yet; the first is made when you study on another day.")
            else:
                yield Line(Level.ADVICE, "There is no backup yet.", "Run: quizkorea backup")
            return
        newest = made[0]
        try:
            check_backup(self._home.backups / newest.name)
        except DataError as error:
            yield Line(Level.PROBLEM, f"The newest backup cannot be used: {error.message}", "Run: quizkorea backup")
            return
        days = max(0, self._trainer.clock.now_ms() - newest.at_ms) // DAY_MS
        text = f"{_count(len(made), 'backup')}; the newest, {newest.name}, is sound and {_age(days)}."
        if days > OLD_BACKUP_DAYS:
            yield Line(Level.ADVICE, text, "Run: quizkorea backup")
        else:
            yield fine(text)

    def rebuild(self) -> int:
        """Recompute every card's state from the log, after a backup; how many were different."""
        with self._trainer as trainer:
            trainer.store.back_up(trainer.clock.now_ms(), "before-rebuild")
            return rebuild_states(trainer.store, trainer.scheduler.state_from_log)


def _log_and_states(trainer: Trainer) -> Iterator[Line]:
    store = trainer.store
    holds = holdings_of(store.path)
    span = f" from {holds.first_day} to {holds.last_day}" if holds.reviews else ""
    yield fine(f"{_count(holds.reviews, 'review')} of {_count(holds.cards, 'card')}{span}.")
    differing = list(differing_states(store.connection, store.path, trainer.scheduler.state_from_log))
    if differing:
        text = f"{_count(len(differing), 'card')} {_are(len(differing))} scheduled otherwise than the log says."
        yield Line(Level.PROBLEM, text, "Run: quizkorea doctor --rebuild")
    else:
        yield fine("Every card is scheduled as its log says.")
    ahead = newest_row_ms(store.connection, store.path) - trainer.clock.now_ms()
    if ahead > DAY_MS:
        text = f"The newest review lies {_count(ahead // DAY_MS, 'day')} in the future: the clock was set back."
        yield Line(Level.ADVICE, text, "Check the computer's date; no interval becomes negative by it.")


def _decks(trainer: Trainer) -> Iterator[Line]:
    for problem in trainer.report.problems:
        yield Line(Level.ADVICE, problem)
    orphans = trainer.orphans.all()
    if orphans:
        reviews = sum(orphan.reviews for orphan in orphans)
        text = f"{_count(len(orphans), 'orphan')} with {_count(reviews, 'review')}: cards that their decks dropped."
        yield Line(Level.ADVICE, text, "Run: quizkorea orphans list")
    else:
        yield fine("There are no orphans.")


_HOW_TO_RESTORE = "Run `quizkorea restore` to see the backups, then restore the newest sound one."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _age(days: int) -> str:
    return "of the last 24 hours" if not days else f"{_count(days, 'day')} old"


def _size(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"
