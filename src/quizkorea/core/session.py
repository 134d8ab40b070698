"""A study session as a pure state machine: which card is next, what was done, and what undo takes back (DESIGN §6).

It holds card keys only. Whoever drives it reads and writes the store, and tells it what came of that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from quizkorea.core.queue import LEARN_AHEAD_MS
from quizkorea.core.schedule import Rating


@dataclass(frozen=True, slots=True)
class Limits:
    """What ends a session early. None: no such limit."""

    cards: int | None = None
    """Answers in all."""
    minutes: float | None = None


class ActionKind(StrEnum):
    """What can be taken back."""

    ANSWER = "answer"
    SUSPEND = "suspend"
    BURY = "bury"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing done in this session.

    `row` is the id of the log row, or the action in the mark log, that it wrote; when practising, the number of the
    long answer that was kept, 0 for none.
    """

    kind: ActionKind
    key: int
    row: int
    rating: Rating | None = None
    missed: bool = False
    started: bool = False
    """It was the card's first review."""
    study_day: date | None = None
    """Of an answer: the day that it counts for."""


@dataclass(slots=True)
class SessionQueue:
    """The cards still to come, and the stack of actions."""

    main: deque[int] = field(default_factory=deque)
    learning: dict[int, int] = field(default_factory=dict)
    """Card key -> due time in milliseconds UTC."""
    actions: list[Action] = field(default_factory=list)
    limits: Limits = Limits()
    taken_due_ms: int | None = None
    """When the card that `next_key` gave last was due on its learning step; None for any other card."""

    def refill(self, main: Iterable[int], learning: Iterable[tuple[int, int]]) -> None:
        """Take a new plan: at the start, and when the study day turns."""
        self.main, self.learning = deque(main), dict(learning)

    def next_key(self, now_ms: int, elapsed_ms: int) -> int | None:
        """Take the next card out of the queue; None when the session is over (or a limit is reached).

        `now_ms` is the time by which learning cards are due, `elapsed_ms` the length of the session so far.
        """
        self.taken_due_ms = None
        if self.is_limited(elapsed_ms):
            return None
        due = self._earliest_learning()
        if due is not None and self.learning[due] <= now_ms:
            return self._take_learning(due)
        if self.main:
            return self.main.popleft()
        if due is not None and self.learning[due] <= now_ms + LEARN_AHEAD_MS:
            return self._take_learning(due)
        return None

    def is_limited(self, elapsed_ms: int) -> bool:
        """Whether a limit of this session is reached."""
        cards, minutes = self.limits.cards, self.limits.minutes
        return (cards is not None and self.answered >= cards) or (
            minutes is not None and elapsed_ms >= minutes * 60_000
        )

    def put_back(self, key: int) -> None:
        """The card on screen, unanswered, waits for the one that undo brings back."""
        self.main.appendleft(key)

    def done(self, action: Action, due_ms: int | None = None) -> None:
        """Record an action; `due_ms` is given when the answer put the card on a learning step."""
        self.actions.append(action)
        if due_ms is not None:
            self.learning[action.key] = due_ms

    def take_back(self) -> Action | None:
        """The newest action, off the stack; its card leaves the queue, for it comes on screen again."""
        if not self.actions:
            return None
        action = self.actions.pop()
        self.drop(action.key)
        return action

    def drop(self, key: int) -> None:
        """Forget a card wherever it waits."""
        self.learning.pop(key, None)
        if key in self.main:
            self.main = deque(other for other in self.main if other != key)

    @property
    def answered(self) -> int:
        """Answers that stand."""
        return sum(action.kind == ActionKind.ANSWER for action in self.actions)

    @property
    def remaining(self) -> int:
        """Cards that wait, learning cards included."""
        return len(self.main) + len(self.learning)

    def next_learning_ms(self) -> int | None:
        """When the earliest waiting learning card is due."""
        due = self._earliest_learning()
        return None if due is None else self.learning[due]

    def _earliest_learning(self) -> int | None:
        return min(self.learning, key=lambda key: (self.learning[key], key), default=None)

    def _take_learning(self, key: int) -> int:
        self.taken_due_ms = self.learning.pop(key)
        return key
