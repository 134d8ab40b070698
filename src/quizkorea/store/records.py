"""Rare, unhurried questions to the store, through SQLModel: orphans, and the whole log for checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, create_engine, func, or_, select

from quizkorea.store.connection import open_connection, worded_errors
from quizkorea.store.tables import CardRow, DeckRow, GivenCardRow, ReviewLogRow


@dataclass(frozen=True, slots=True)
class Orphan:
    """A card that its deck no longer gives, with what is kept of it."""

    key: int
    name: str
    reviews: int


def open_engine(path: Path) -> Engine:
    """An engine over our own connection: same pragmas, and every transaction begins immediate."""
    engine = create_engine("sqlite://", creator=lambda: open_connection(path))

    @event.listens_for(engine, "begin")
    def _begin_immediate(connection: Connection) -> None:
        # without it every row commits alone: the driver is in autocommit mode
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def orphans(path: Path, deck_ids: Sequence[int]) -> list[Orphan]:
    """Cards of the loaded decks' slugs that no loaded deck gives, by name.

    `deck_ids`: loaded decks whose file was read without error; a deck that is absent or in error makes no orphans.
    """
    engine = open_engine(path)
    try:
        with worded_errors(path), Session(engine) as session:
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
    finally:
        engine.dispose()
