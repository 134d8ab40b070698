"""What there is to study: all that counting the due cards asks of a store. Nothing is written here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from quizkorea.core.errors import DateError
from quizkorea.core.queue import Candidate
from quizkorea.store import hot
from quizkorea.store.values import DeckCount
from quizkorea.store.worded import unreadable, worded_errors

Row = Sequence[Any]


class PlanReader:
    """The questions of the hot path, over a connection that somebody else opened."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self.connection = path, connection
        self._deck_ids: frozenset[int] = frozenset()
        self._decks = "[]"
        """Ids of the loaded decks, as a JSON list."""

    def load(self, deck_ids: Sequence[int]) -> None:
        """Say which decks this process has loaded; the store file never knows."""
        self._deck_ids = frozenset(deck_ids)
        self._decks = json.dumps(list(deck_ids))

    @property
    def loaded(self) -> str:
        """Ids of the loaded decks, as a JSON list."""
        return self._decks

    def ask(self, sql: str, parameters: Row | dict[str, object] = ()) -> list[Row]:
        """The rows of a question in SQL; for this room only."""
        with worded_errors(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    @contextmanager
    def decoding(self) -> Iterator[None]:
        """What a row holds makes no sense: that is damage, whatever it trips over."""
        with worded_errors(self.path):
            try:
                yield
            except (ValueError, KeyError, TypeError, DateError) as error:
                raise unreadable(self.path) from error

    # --- what there is to study ------------------------------------------------------------------------------------

    def learning(self, today: date, before_ms: int, **only: str | None) -> list[Candidate]:
        """Learning cards due before an instant."""
        rows = self.ask(hot.LEARNING_CARDS, self._slice(today, only) | {"before_ms": before_ms})
        return [Candidate(key, name, part, due_ms=due_ms, deck=_slug(name)) for key, name, part, due_ms in rows]

    def reviews(self, today: date, **only: str | None) -> list[Candidate]:
        """Review cards due today or before."""
        with self.decoding():
            return [
                Candidate(key, name, part, (today - date.fromisoformat(last)).days, stability or 0.0, deck=_slug(name))
                for key, name, part, last, stability in self.ask(hot.REVIEW_CARDS, self._slice(today, only))
            ]

    def new(self, today: date, deck_ids: Sequence[int], **only: str | None) -> Iterator[Candidate]:
        """New cards in course order, read as far as they are wanted."""
        return self._in_course_order(hot.NEW_CARDS, today, deck_ids, only)

    def all_cards(self, today: date, deck_ids: Sequence[int], **only: str | None) -> Iterator[Candidate]:
        """Every card that is neither suspended nor buried, in course order."""
        return self._in_course_order(hot.ALL_CARDS, today, deck_ids, only)

    def _in_course_order(
        self, sql: str, today: date, deck_ids: Sequence[int], only: dict[str, str | None]
    ) -> Iterator[Candidate]:
        for deck_id in deck_ids:
            with worded_errors(self.path):
                for key, name, part in self.connection.execute(sql, self._slice(today, only) | {"deck": deck_id}):
                    yield Candidate(key, name, part, deck=_slug(name))

    def _slice(self, today: date, only: dict[str, str | None]) -> dict[str, object]:
        return {"decks": self._decks, "today": today.isoformat(), "tag": only.get("tag"), "type": only.get("type")}

    def answered_on(self, day: date) -> list[tuple[str, str]]:
        """(note name, part) of the cards with a live review on a study day."""
        return [(row[0], row[1]) for row in self.ask(hot.ANSWERED_TODAY, (day.isoformat(),))]

    def done_on(self, day: date) -> tuple[int, int, int]:
        """Live reviews of a study day: of new cards, of review cards, and in all."""
        ((new, reviews, answers),) = self.ask(hot.DONE_TODAY, (day.isoformat(),))
        return new, reviews, answers

    def counts(self) -> dict[int, DeckCount]:
        """Cards by deck id, for the loaded decks."""
        cards = {deck: int(count) for deck, count in self.ask(hot.CARDS_BY_DECK, (self._decks,))}
        seen, suspended = (
            {deck: int(count) for deck, count in self.ask(statement)}
            for statement in (hot.SEEN_BY_DECK, hot.SUSPENDED_BY_DECK)
        )
        return {deck: DeckCount(count, seen.get(deck, 0), suspended.get(deck, 0)) for deck, count in cards.items()}

    def next_due(self, today: date) -> str | None:
        """The next study day (ISO) on which a review card falls due, after today."""
        rows = self.ask(hot.NEXT_DUE_DAY, {"decks": self._decks, "today": today.isoformat()})
        return rows[0][0] if rows else None

    def studied_slugs(self, known: Collection[str]) -> list[str]:
        """The deck slugs, apart from the known ones, under which any card was ever answered and not discarded."""
        slugs: list[str] = []
        after = ""
        while rows := self.ask(hot.NEXT_NOTE_NAME, (after,)):
            slug = _slug(rows[0][0])
            after = f"{slug}0"  # '0' is the character after '/'
            if slug not in known and self.ask(hot.IS_STUDIED, (f"{slug}/", after)):
                slugs.append(slug)
        return slugs

    def has_tag(self, tag: str) -> bool:
        """Whether a note of a loaded deck has this tag."""
        return bool(self.ask(hot.HAS_TAG, (self._decks, tag)))


def _slug(note_name: str) -> str:
    return note_name.partition("/")[0]
