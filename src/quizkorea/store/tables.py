"""The schema as SQLModel tables: for everything that is not hot. Migrations create it; a test holds the two together.

Importing this module costs what SQLAlchemy costs, so only `records.py` and tests do.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel


class MetaRow(SQLModel, table=True):
    """One row about the store itself."""

    __tablename__ = "meta"
    __table_args__ = (CheckConstraint("id = 1"),)
    id: int = Field(primary_key=True)
    version: int
    created_ms: int
    fsrs_parameters: str | None = None
    """JSON list of 21 numbers; NULL: the defaults."""


class DeckRow(SQLModel, table=True):
    """A deck file, by path: when it was read, and its last good header.

    An id is never used again: another program may hold it for the decks that it has loaded.
    """

    __tablename__ = "deck"
    __table_args__ = {"sqlite_autoincrement": True}
    id: int = Field(primary_key=True)
    path: str = Field(unique=True)
    folder: str
    slug: str | None = Field(default=None, index=True)
    """NULL: never yet read without error."""
    title: str
    summary: str
    course_order: int | None = None
    language: str | None = None
    license: str | None = None
    authors: str
    tags: str
    was: str
    bibliography: str
    file_stamp: str
    sources_stamp: str
    read_ns: int
    problem: str | None = None


class NoteRow(SQLModel, table=True):
    """A note of a deck file, as last read without error."""

    __tablename__ = "note"
    __table_args__ = (UniqueConstraint("deck_id", "note_id", name="uq_note_deck_note"),)
    id: int = Field(primary_key=True)
    deck_id: int = Field(foreign_key="deck.id", ondelete="CASCADE")
    note_id: str
    position: int
    line: int
    type: str
    tags: str
    content: str
    accepted: str


class CardRow(SQLModel, table=True):
    """A card's identity: given once, kept for ever."""

    __tablename__ = "card"
    __table_args__ = (Index("ix_card_guid", "guid", "ord"), {"sqlite_autoincrement": True})
    key: int = Field(primary_key=True)
    name: str = Field(unique=True)
    note_name: str = Field(index=True)
    part: str
    guid: str
    ord: int
    created_ms: int
    merged_into: int | None = Field(default=None, foreign_key="card.key", index=True)
    discarded_at: int | None = None


class GivenCardRow(SQLModel, table=True):
    """Which card a deck file gives, at which place of the course."""

    __tablename__ = "given_card"
    __table_args__ = (Index("ix_given_card_card_key", "card_key", "deck_id"),)
    deck_id: int = Field(sa_column=Column(Integer, ForeignKey("deck.id", ondelete="CASCADE"), primary_key=True))
    position: int = Field(primary_key=True)
    note_row: int = Field(foreign_key="note.id", ondelete="CASCADE", index=True)
    card_key: int = Field(foreign_key="card.key")


class CardStateRow(SQLModel, table=True):
    """A card's schedule: a cache of its log."""

    __tablename__ = "card_state"
    __table_args__ = (
        CheckConstraint("state BETWEEN 0 AND 3"),
        Index("ix_card_state_due", "state", "due_day", "due_ms"),
    )
    card_key: int = Field(primary_key=True, foreign_key="card.key")
    state: int
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due_day: str | None = None
    due_ms: int | None = None
    last_day: str | None = None
    last_ms: int | None = None
    reviews: int
    lapses: int
    revision: int


class CardMarkRow(SQLModel, table=True):
    """Suspension, bury and flag of a card."""

    __tablename__ = "card_mark"
    __table_args__ = (CheckConstraint("suspended IN (0, 1)"), CheckConstraint("flagged IN (0, 1)"))
    card_key: int = Field(primary_key=True, foreign_key="card.key")
    suspended: int
    buried_until: str | None = None
    flagged: int
    flag_note: str | None = None


class MarkLogRow(SQLModel, table=True):
    """A change of a card's marks, name or discarding: JSON of what was before and after."""

    __tablename__ = "mark_log"
    __table_args__ = (CheckConstraint("kind IN ('suspend', 'bury', 'flag', 'was', 'rename', 'discard')"),)
    id: int = Field(primary_key=True)
    card_key: int = Field(foreign_key="card.key", index=True)
    at_ms: int = Field(index=True)
    """The same for all rows of one action, and for no other."""
    kind: str
    before: str
    after: str
    undone_at: int | None = None


class ReviewLogRow(SQLModel, table=True):
    """What happened to a card's schedule, and what followed. Nothing but a restore removes a row."""

    __tablename__ = "review_log"
    __table_args__ = (
        CheckConstraint("kind IN ('review', 'reset', 'set due')"),
        CheckConstraint("rating BETWEEN 1 AND 4"),
        CheckConstraint("state BETWEEN 0 AND 3"),
        CheckConstraint("origin IN ('here', 'anki')"),
        Index("ix_review_log_card", "card_key", "id"),
    )
    id: int = Field(primary_key=True)
    card_key: int = Field(foreign_key="card.key")
    kind: str
    study_day: str = Field(index=True)
    rating: int | None = None
    duration_ms: int | None = None
    state: int
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due_day: str | None = None
    due_ms: int | None = None
    verdict: str | None = None
    confidence: int | None = None
    origin: str
    anki_id: int | None = None
    undone_at: int | None = None


class DraftRow(SQLModel, table=True):
    """An unfinished long answer."""

    __tablename__ = "draft"
    card_key: int = Field(primary_key=True, foreign_key="card.key")
    text: str
    saved_ms: int


class AnswerTextRow(SQLModel, table=True):
    """A finished long answer, with the review that it belongs to."""

    __tablename__ = "answer_text"
    id: int = Field(primary_key=True)
    card_key: int = Field(foreign_key="card.key", index=True)
    review_id: int | None = Field(default=None, foreign_key="review_log.id", index=True)
    """NULL: written while practising, which leaves the schedule alone."""
    at_ms: int
    text: str


class QuizRow(SQLModel, table=True):
    """A quiz taken: its seed and settings."""

    __tablename__ = "quiz"
    __table_args__ = (CheckConstraint("exam IN (0, 1)"),)
    id: int = Field(primary_key=True)
    started_ms: int
    finished_ms: int | None = None
    seed: int
    exam: int
    settings: str


class QuizItemRow(SQLModel, table=True):
    """A question of a quiz, and what became of it."""

    __tablename__ = "quiz_item"
    quiz_id: int = Field(sa_column=Column(Integer, ForeignKey("quiz.id", ondelete="CASCADE"), primary_key=True))
    position: int = Field(primary_key=True)
    card_key: int = Field(foreign_key="card.key")
    question: str
    answer: str | None = None
    verdict: str | None = None
    credit: float | None = None
    confidence: int | None = None
    answered_ms: int | None = None
