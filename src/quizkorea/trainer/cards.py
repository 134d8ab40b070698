"""What a learner does to cards outside a session: marks, reset, due day, orphans. Everything can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from quizkorea.core.errors import ChangedElsewhere, UsageError
from quizkorea.core.rescheduling import reset_row, set_due_row
from quizkorea.core.schedule import LogRow, Schedule
from quizkorea.core.scheduler import Scheduler
from quizkorea.core.session import ActionKind
from quizkorea.store.card_values import Mark
from quizkorea.store.store import Store
from quizkorea.trainer.clock import Clock, StudyDays
from quizkorea.trainer.settings import Settings


@dataclass(frozen=True, slots=True)
class Done:
    """An action that can be taken back."""

    what: str
    """In words, for the learner: `reset`, `suspended`, …"""
    cards: int
    take_back: Callable[[], None]


class CardDesk:
    """Acts on cards by name (`deck/note#part`), all of an action or none, and keeps a stack to undo.

    Every write is on disk when its call returns. An unknown name raises UsageError before anything is changed. A
    schedule that is changed for more than one card is a bulk action: the store is backed up first.
    """

    def __init__(self, store: Store, scheduler: Scheduler, settings: Settings, clock: Clock) -> None:
        self._store, self._scheduler, self._clock = store, scheduler, clock
        self._days = StudyDays(clock, settings.rollover_hour)
        self._done: list[Done] = []

    @property
    def today(self) -> date:
        """The study day by the clock."""
        return self._days.today()

    # --- marks -----------------------------------------------------------------------------------------------------

    def suspend(self, names: Sequence[str]) -> None:
        """Set cards aside until `unsuspend`."""
        self._mark(names, ActionKind.SUSPEND, "suspended", lambda mark: replace(mark, suspended=True))

    def unsuspend(self, names: Sequence[str]) -> None:
        """Bring suspended cards back."""
        self._mark(names, ActionKind.SUSPEND, "brought back", lambda mark: replace(mark, suspended=False))

    def bury(self, names: Sequence[str]) -> None:
        """Set cards aside until the next study day."""
        until = self.today + timedelta(days=1)
        self._mark(names, ActionKind.BURY, "buried", lambda mark: replace(mark, buried_until=until))

    def unbury(self, names: Sequence[str]) -> None:
        """Bring buried cards back today."""
        self._mark(names, ActionKind.BURY, "brought back", lambda mark: replace(mark, buried_until=None))

    def flag(self, names: Sequence[str], note: str | None = None) -> None:
        """Put a flag on cards, with what the learner wants to say about them."""
        self._mark(names, ActionKind.FLAG, "flagged", lambda mark: replace(mark, flagged=True, flag_note=note))

    def unflag(self, names: Sequence[str]) -> None:
        """Take the flag off cards."""
        self._mark(names, ActionKind.FLAG, "unflagged", lambda mark: replace(mark, flagged=False, flag_note=None))

    def _mark(self, names: Sequence[str], kind: ActionKind, what: str, change: Callable[[Mark], Mark]) -> None:
        keys = self._keys(names)
        action = self._store.set_marks(keys, kind, change, self._clock.now_ms())
        self._done.append(Done(what, len(keys), lambda: self._store.undo_marks(action, self._clock.now_ms())))

    # --- schedule --------------------------------------------------------------------------------------------------

    def reset(self, names: Sequence[str]) -> None:
        """Make cards new again; their reviews stay in the log."""
        self._reschedule(names, "reset", lambda key, now: reset_row(key, now, self._clock.now_ms(), self.today))

    def set_due(self, names: Sequence[str], due_day: date) -> None:
        """Make cards due on a study day; what is remembered of them stays. Raises UsageError for a day gone by."""
        if due_day < self.today:
            raise UsageError(f"A card cannot be due on {due_day}, for today is {self.today}.", "Name today or later.")
        self._reschedule(
            names, "given a due day", lambda key, now: set_due_row(key, now, due_day, self._clock.now_ms(), self.today)
        )

    def _reschedule(self, names: Sequence[str], what: str, row_of: Callable[[int, Schedule], LogRow]) -> None:
        keys = self._keys(names)
        if len(keys) > 1:
            self._store.back_up(self._clock.now_ms(), "before-rescheduling")
        rows = [(row.card_key, row.id) for row in self._store.change(keys, row_of, self._scheduler.state_from_log)]

        def take_back() -> None:
            self._store.undo(rows, self._clock.now_ms(), self._scheduler.state_from_log)

        self._done.append(Done(what, len(keys), take_back))

    # --- taking back -----------------------------------------------------------------------------------------------

    def undo(self) -> Done | None:
        """Take back the newest action; what it was, None when there is nothing to take back.

        Raises ChangedElsewhere, with nothing changed, when a card was changed again since; that action can then no
        longer be taken back.
        """
        if not self._done:
            return None
        done = self._done[-1]
        try:
            done.take_back()
        except ChangedElsewhere:
            self._done.pop()
            raise
        return self._done.pop()

    def _keys(self, names: Sequence[str]) -> list[int]:
        known = self._store.keys_of(names)
        for name in names:
            if name not in known:
                raise UsageError(f"There is no card {name!r} in the store.", "Cards are written deck/note#part.")
        return [known[name] for name in dict.fromkeys(names)]
