"""What an author writes: decks, notes of the seven types, and the bibliography they share.

All values are frozen and already valid: the content room builds them, or reports why it cannot.
Prose fields (`explanation`, `why_it_matters`, `model_answer`, `note`, `feedback`) are Markdown, all else is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from quizkorea.core.dates import HistoricalDate, Precision

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
ID_MAX_LENGTH = 64
NOTE_TYPES = ("fact", "date", "cloze", "choice", "list", "sequence", "interpretation")
FACT_KINDS = ("person", "place", "organisation", "document", "event", "number", "term", "other")


def is_id(text: str) -> bool:
    """Whether a text may be an id: lower-case words and digits joined by single hyphens, 64 characters at most."""
    return len(text) <= ID_MAX_LENGTH and ID_PATTERN.match(text) is not None


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the bibliography."""

    id: str
    author: str
    title: str
    year: str
    kind: str
    publisher: str | None = None
    pages: tuple[int, int] | None = None
    """First and last page that `p. N` may name; None if the source is not cited by page."""
    locators: tuple[str, ...] = ()
    """Other names that `at` may use."""
    text: str | None = None
    """File name of the plain text in which anchors are looked up; None: may be cited without an anchor."""
    attribution_inferred: bool = False
    """The author is not named in the text and was inferred."""
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, or persons, who hold a position."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The `sources.yaml` that the decks of one folder share."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    holders: Mapping[str, Holder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands: source id, locator (`p. 3`, `pp. 3-4` or a named one), and words that stand there."""

    source: str
    at: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A value that some source gives instead of the answer, and what to think of it."""

    value: str
    note: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What every note has, whatever its type. `line` is 1-based and no part of the note's identity or content."""

    id: str
    line: int = field(default=0, compare=False)
    tags: tuple[str, ...] = ()
    explanation: str | None = None
    citations: tuple[Citation, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    image: str | None = None
    alt: str | None = None
    was: tuple[str, ...] = ()
    """Earlier names, oldest first, each written `note` or `deck/note`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactNote(Note):
    """One question, one short answer; optionally asked the other way round too."""

    kind: str
    question: str
    answer: str
    aliases: tuple[str, ...] = ()
    reverse_question: str | None = None
    reverse_answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateNote(Note):
    """When an event happened, asked at the precision `ask` (None: the precision of `date`)."""

    event: str
    date: HistoricalDate
    question: str | None = None
    ask: Precision | None = None
    reverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeNote(Note):
    """A sentence with gaps `{{c1::answer::hint}}`; one card a gap number."""

    text: str
    gap_aliases: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice."""

    text: str
    correct: bool = False
    feedback: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceNote(Note):
    """A question with two to six options, at least one of them right."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list answer."""

    text: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListNote(Note):
    """A question whose answer is two to eight items, in any order unless `ordered`."""

    question: str
    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class SequenceItem:
    """One event of a sequence; its date decides its place."""

    text: str
    date: HistoricalDate


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceNote(Note):
    """Three to eight dated events to be put in order. `items` stand as written; the dates decide."""

    items: tuple[SequenceItem, ...]
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a dispute among historians."""

    id: str
    holders: tuple[str, ...]
    """Holder ids."""
    claim: str
    reported_by: str | None = None
    """Source id through which the position is known, when its holders are not read directly."""
    evidence: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One idea that a good answer names; `terms` are underlined when they stand in the learner's text."""

    text: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpretationNote(Note):
    """A question of judgement with a rubric of key points; contested ones name who holds what."""

    contested: bool
    question: str
    key_points: tuple[KeyPoint, ...]
    model_answer: str
    why_it_matters: str | None = None
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """One deck file."""

    slug: str
    title: str
    summary: str
    notes: tuple[Note, ...]
    order: int | None = None
    language: str | None = None
    license: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Given to every note."""
    was: tuple[str, ...] = ()
    """Earlier slugs, oldest first."""
