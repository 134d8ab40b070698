"""What the front ends are given: frozen values, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizkorea.core.faces import CardFace
    from quizkorea.core.notes import Bibliography, Citation
    from quizkorea.core.schedule import Rating, Schedule


@dataclass(frozen=True, slots=True)
class Selection:
    """A slice of the course: nothing named means all of it."""

    decks: tuple[str, ...] = ()
    tag: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class DeckOverview:
    """A deck on the home screen: what a session on it alone would hold, and how far the learner has come."""

    slug: str
    title: str
    summary: str
    new: int
    learning: int
    review: int
    cards: int
    seen: int
    suspended: int
    problem: str | None
    """Why its last good content is used, when its file is in error today."""

    @property
    def due(self) -> int:
        """Cards to study today."""
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class Overview:
    """Today over all loaded decks. The totals are what a session over everything would hold."""

    study_day: date
    decks: tuple[DeckOverview, ...]
    new: int
    learning: int
    review: int
    answered_today: int
    next_due: date | None
    """The next study day after today on which there is something to study."""

    @property
    def due(self) -> int:
        """Cards to study today."""
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading the decks found; one line each, for people."""

    problems: tuple[str, ...] = ()
    """Decks in error or without content."""
    shadowed: tuple[str, ...] = ()
    """Decks that an earlier folder also has."""


@dataclass(frozen=True, slots=True)
class Presented:
    """The card on screen."""

    key: int
    name: str
    face: CardFace
    deck_title: str
    tags: tuple[str, ...]
    path: str
    line: int
    bibliography: Bibliography
    schedule: Schedule
    flagged: bool

    @property
    def citations(self) -> tuple[tuple[Citation, str], ...]:
        """What the back cites, each with the source written out."""
        from quizkorea.core.faces import citations_of, source_line  # `due` shows no card

        return tuple((citation, source_line(citation, self.bibliography)) for citation in citations_of(self.face))

    @property
    def disputes(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """(value, note, who says it) for each dispute."""
        from quizkorea.core.faces import source_line

        return tuple(
            (dispute.value, dispute.note, tuple(source_line(c, self.bibliography) for c in dispute.citations))
            for dispute in self.face.note.disputes
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a session has come."""

    answered: int
    remaining: int
    """Cards that wait, the one on screen included."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A card that was rated Again at least once."""

    name: str
    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A session looked back upon."""

    answered: int
    by_rating: dict[Rating, int]
    new_started: int
    missed: tuple[Missed, ...]
    duration_ms: int
    waiting_ms: int | None
    """Milliseconds until the next learning card is due; None if none waits."""

    @property
    def passed(self) -> int:
        """Answers that were not Again. Hard is a pass."""
        return sum(count for rating, count in self.by_rating.items() if rating != 1)


@dataclass(frozen=True, slots=True)
class CardInfo:
    """What is known of a card's memory, for the info panel."""

    name: str
    place: str
    schedule: Schedule
    retrievability: float | None
    history: tuple[str, ...]
    """One line a live log row, newest first."""
