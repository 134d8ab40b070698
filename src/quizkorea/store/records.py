"""Rare, unhurried questions to the store, through SQLModel: orphans, flags, and the whole log for checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, create_engine, func, or_, select

from quizkorea.store.connection import open_connection
from quizkorea.store.tables import CardMarkRow, CardRow, DeckRow, GivenCardRow, NoteRow, ReviewLogRow
from quizkorea.store.worded import worded_errors


@dataclass(frozen=True, slots=True)
class Orphan:
    """A card that its deck no longer gives, with what is kept of it."""

    key: int
    name: str
    reviews: int


@dataclass(frozen=True, slots=True)
class Flagged:
    """A card that the learner flagged."""

    name: str
    note: str | None
    """What the learner said about it."""
    path: str | None
    """The deck file and the line of its note; None when no loaded deck gives the card."""
    line: int | None


def open_engine(path: Path) -> Engine:
    """An engine over our own connection, with its pragmas, for reading only."""
    engine = create_engine("sqlite://", creator=lambda: open_connection(path))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # the driver is in autocommit mode: without it each question would see a store of its own
        connection.exec_driver_sql("BEGIN")

    return engine


@contextmanager
def _session(path: Path) -> Iterator[Session]:
    engine = open_engine(path)
    try:
        with worded_errors(path), Session(engine) as session:
            try:
                yield session
            except DBAPIError as error:  # what SQLite said stands inside
                raise error.orig or error from error
    finally:
        engine.dispose()


def orphans(path: Path, deck_ids: Sequence[int]) -> list[Orphan]:
    """Cards of the loaded decks' slugs that no loaded deck gives, by name.

    `deck_ids`: loaded decks whose file was read without error; a deck that is absent or in error makes no orphans.
    """
    with _session(path) as session:
        slugs = session.exec(select(DeckRow.slug).where(col(DeckRow.id).in_(deck_ids))).all()
        given = select(GivenCardRow.card_key).where(col(GivenCardRow.deck_id).in_(deck_ids))
        member = aliased(CardRow)  # the card itself, and those merged into it, whose rows keep their keys
        reviews = (
            select(func.count())
            .select_from(ReviewLogRow)
            .join(member, col(member.key) == col(ReviewLogRow.card_key))
            .where(
                or_(col(member.key) == col(CardRow.key), col(member.merged_into) == col(CardRow.key)),
                col(ReviewLogRow.undone_at).is_(None),
            )
            .correlate(CardRow)
            .scalar_subquery()
        )
        rows = session.exec(
            select(CardRow.key, CardRow.name, reviews)
            .where(
                col(CardRow.key).not_in(given),
                col(CardRow.merged_into).is_(None),
                col(CardRow.discarded_at).is_(None),
            )
            .order_by(col(CardRow.name))
        ).all()
        return [Orphan(key, name, count) for key, name, count in rows if name.partition("/")[0] in slugs]


def flagged(path: Path, deck_ids: Sequence[int]) -> list[Flagged]:
    """Every card with a flag: those of the loaded decks by file and line, then the others by name."""
    with _session(path) as session:
        rows = session.exec(
            select(CardRow.name, CardMarkRow.flag_note, DeckRow.path, NoteRow.line)
            .join(CardMarkRow, col(CardMarkRow.card_key) == col(CardRow.key))
            .outerjoin(
                GivenCardRow,
                and_(col(GivenCardRow.card_key) == col(CardRow.key), col(GivenCardRow.deck_id).in_(deck_ids)),
            )
            .outerjoin(NoteRow, col(NoteRow.id) == col(GivenCardRow.note_row))
            .outerjoin(DeckRow, col(DeckRow.id) == col(GivenCardRow.deck_id))
            .where(
                col(CardMarkRow.flagged) == 1,
                col(CardRow.merged_into).is_(None),
                col(CardRow.discarded_at).is_(None),
            )
            .order_by(col(DeckRow.path).is_(None), col(DeckRow.path), col(NoteRow.line), col(CardRow.name))
        ).all()
        return [Flagged(*row) for row in rows]
