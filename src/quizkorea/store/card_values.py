"""A card as the store gives it, and what it takes of one: frozen values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizkorea.core.notes import Note
    from quizkorea.core.schedule import Outcome, Schedule


@dataclass(frozen=True, slots=True)
class Mark:
    """Suspension, bury and flag of a card."""

    suspended: bool = False
    buried_until: date | None = None
    flagged: bool = False
    flag_note: str | None = None


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card as it stands when it is shown."""

    key: int
    name: str
    part: str
    note: Note
    tags: tuple[str, ...]
    deck_id: int
    deck_title: str
    path: str
    schedule: Schedule
    revision: int
    newest_row: int
    """Id of its newest live log row, 0 if there is none."""
    mark: Mark


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to be written: the outcome that the button showed, and what the learner did."""

    card: StoredCard
    outcome: Outcome
    duration_ms: int
    shown_ms: int
    """When the card came on screen, milliseconds UTC."""
    verdict: str | None = None
    confidence: int | None = None
    text: str | None = None
    """A long answer as it was submitted, to be kept with the review."""
