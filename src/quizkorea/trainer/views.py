"""What the front ends are given: frozen values, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizkorea.core.faces import CardFace
    from quizkorea.core.notes import Bibliography, Citation
    from quizkorea.core.schedule import Rating, Schedule


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
