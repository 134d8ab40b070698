"""A card's memory and the review log, in the field's words (DESIGN §2, §6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum

LEECH_FIRST = 8
"""Lapses at which a card becomes a leech ..."""
LEECH_EVERY = 4
"""... and the number of further lapses after which it is said again, as in Anki."""


class Rating(IntEnum):
    """How well the learner knew it. Hard is a pass."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(IntEnum):
    """Where a card stands. New means: no live review since the beginning or the last reset."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class LogKind(StrEnum):
    """What a row of the review log records."""

    REVIEW = "review"
    RESET = "reset"
    SET_DUE = "set due"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a card is due, and what FSRS remembers of it."""

    state: State = State.NEW
    step: int | None = None
    """Index of the learning or relearning step; None in New and Review."""
    stability: float | None = None
    """Days until retrievability falls to 90 %; None before the first review."""
    difficulty: float | None = None
    """1 (easy) to 10; None before the first review."""
    due_day: date | None = None
    """The study day on which a Review card is due."""
    due_ms: int | None = None
    """The instant (milliseconds UTC) at which a Learning or Relearning card is due."""
    last_day: date | None = None
    """The latest study day of the live reviews, from which elapsed days count; before the first, of any live row."""
    last_ms: int | None = None
    """The effective time (milliseconds UTC) of the newest live log row."""
    reviews: int = 0
    """Live reviews so far: it seeds the fuzz and the order of options."""
    lapses: int = 0
    """Times it was forgotten in state Review, since the last reset."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of the review log: what happened, and what followed as it was given."""

    id: int
    """Effective time in milliseconds UTC; unique in the whole log."""
    card_key: int
    kind: LogKind
    study_day: date
    state: State
    rating: Rating | None = None
    duration_ms: int | None = None
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due_day: date | None = None
    due_ms: int | None = None
    verdict: str | None = None
    confidence: int | None = None
    origin: str = "here"
    anki_id: int | None = None
    undone_at: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rating leads to: the button shows its interval, and the answer keeps exactly this."""

    rating: Rating
    at_ms: int
    """The effective time: never before the card's last review."""
    study_day: date
    """The effective study day: never before the card's last."""
    schedule: Schedule

    def moved_to(self, at_ms: int) -> Outcome:
        """The same outcome at another instant of its study day: a learning step has its full length from there."""
        schedule = self.schedule
        due_ms = None if schedule.due_ms is None else schedule.due_ms + at_ms - self.at_ms
        return replace(self, at_ms=at_ms, schedule=replace(schedule, due_ms=due_ms, last_ms=at_ms))

    @property
    def interval_ms(self) -> int | None:
        """Length of a learning step in milliseconds; None when the card is due on a study day."""
        return None if self.schedule.due_ms is None else self.schedule.due_ms - self.at_ms

    @property
    def interval_days(self) -> int | None:
        """Study days until due; None for a learning step."""
        return None if self.schedule.due_day is None else (self.schedule.due_day - self.study_day).days


def is_leech(lapses: int) -> bool:
    """Whether this many lapses deserve advice: at the eighth, then at every fourth."""
    return lapses >= LEECH_FIRST and (lapses - LEECH_FIRST) % LEECH_EVERY == 0
