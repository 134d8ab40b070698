"""What the store gives and takes: frozen values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizkorea.core.notes import Deck, Note
    from quizkorea.core.schedule import Outcome, Schedule


@dataclass(frozen=True, slots=True)
class LoadedDeck:
    """A deck of today's folders that the mirror holds."""

    id: int
    slug: str
    title: str
    summary: str
    order: int | None
    path: str
    problem: str | None
    """The first finding, when the file is in error today and its last good content is used."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """What the store remembers of a deck file."""

    path: str
    folder: str
    slug: str | None
    file_stamp: str
    sources_stamp: str
    read_ns: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class HeldNames:
    """The names that an unchanged file gives and claims."""

    slug: str | None
    note_ids: frozenset[str]
    claims: tuple[tuple[str, str], ...]
    """(earlier name, present name); notes are written `deck/note`."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A deck file as just read: its content, or the first problem with it."""

    path: str
    folder: str
    file_stamp: str
    sources_stamp: str
    read_ns: int
    """Wall-clock time of the read in nanoseconds."""
    deck: Deck | None
    bibliography: str
    """JSON of `core.codec.bibliography_to_plain`."""
    problem: str | None = None


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


@dataclass(frozen=True, slots=True)
class DeckCount:
    """Cards of a deck."""

    cards: int
    seen: int
    suspended: int
