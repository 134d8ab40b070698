"""What is asked of a store: what there is to study, and one card as it stands now. Nothing is written here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from quizkorea.core.errors import DateError
from quizkorea.core.queue import Candidate
from quizkorea.core.schedule import LogRow, State
from quizkorea.store import hot
from quizkorea.store.marks import mark_of
from quizkorea.store.rows import Row, log_of, schedule_of
from quizkorea.store.values import DeckCount, Mark, StoredCard
from quizkorea.store.worded import unreadable, worded_errors

if TYPE_CHECKING:
    from quizkorea.core.notes import Bibliography


class StoreReader:
    """The questions of the hot path, over a connection that somebody else opened."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self.connection = path, connection
        self._decks = "[]"
        self._bibliographies: dict[int, tuple[str, Bibliography]] = {}
        """By deck id: the JSON and what it says."""

    def load(self, deck_ids: Sequence[int]) -> None:
        """Say which decks this process has loaded; the store file never knows."""
        self._decks = json.dumps(list(deck_ids))

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
        rows = self.ask(hot.DONE_TODAY, (day.isoformat(),))
        new = sum(count for prior, count in rows if not prior)
        reviews = sum(count for prior, count in rows if prior == State.REVIEW)
        return new, reviews, sum(count for _, count in rows)

    def counts(self) -> dict[int, DeckCount]:
        """Cards by deck id, for the loaded decks."""
        return {row[0]: DeckCount(row[1], row[2], row[3]) for row in self.ask(hot.CARDS_BY_DECK, (self._decks,))}

    def next_due(self, today: date) -> str | None:
        """The next study day (ISO) on which a review card falls due, after today."""
        rows = self.ask(hot.NEXT_DUE_DAY, {"decks": self._decks, "today": today.isoformat()})
        return rows[0][0] if rows else None

    def studied_slugs(self) -> list[str]:
        """The deck slugs under which any card was ever answered and not discarded, by name; merged cards apart."""
        slugs: list[str] = []
        after = ""
        while rows := self.ask(hot.NEXT_NOTE_NAME, (after,)):
            slug = _slug(rows[0][0])
            after = f"{slug}0"  # '0' is the character after '/'
            if self.ask(hot.IS_STUDIED, (f"{slug}/", after)):
                slugs.append(slug)
        return slugs

    def has_tag(self, tag: str) -> bool:
        """Whether a note of a loaded deck has this tag."""
        return bool(self.ask(hot.HAS_TAG, (self._decks, tag)))

    def keys_of(self, names: Sequence[str]) -> dict[str, int]:
        """The keys of the cards that have these names, loaded or not; a name that no card has is left out."""
        return {row[0]: row[1] for row in self.ask(hot.KEYS_BY_NAME, (json.dumps(list(names)),))}

    def given_names(self, slug: str) -> list[str]:
        """The names of the cards that a loaded deck gives."""
        return [row[0] for row in self.ask(hot.GIVEN_NAMES, (f"{slug}/", f"{slug}0", self._decks))]

    # --- one card --------------------------------------------------------------------------------------------------

    def card(self, key: int) -> StoredCard | None:
        """A card as it stands now, following a merge; None when no loaded deck gives it any more."""
        from quizkorea.core.codec import note_from_plain  # counting cards needs no notes

        rows = self.ask(hot.CARD, (self._decks, key))
        if not rows:
            return None
        now_key, name, part, note_id, type_name, line, tags, plain, deck_id, title, path, newest = rows[0][:12]
        marks, state = rows[0][12:16], rows[0][16:]
        with self.decoding():
            schedule, revision = schedule_of(None if state[0] is None else state)
            note = note_from_plain(type_name, note_id, line, json.loads(plain))
            mark = Mark() if marks[0] is None else mark_of(marks)
        return StoredCard(
            key=now_key,
            name=name,
            part=part,
            note=note,
            tags=tuple(tags.strip("\n").split("\n")) if tags.strip() else (),
            deck_id=deck_id,
            deck_title=title,
            path=path,
            schedule=schedule,
            revision=revision,
            newest_row=newest or 0,
            mark=mark,
        )

    def bibliography(self, deck_id: int) -> Bibliography:
        """The sources and holders that stand beside a deck."""
        from quizkorea.core.codec import bibliography_from_plain

        ((text,),) = self.ask(hot.BIBLIOGRAPHY, (deck_id,))
        known = self._bibliographies.get(deck_id)
        if known is None or known[0] != text:  # another program may have read a newer one
            with self.decoding():
                known = self._bibliographies[deck_id] = (text, bibliography_from_plain(json.loads(text)))
        return known[1]

    def is_accepted(self, form: str) -> bool:
        """Whether any card of the loaded decks accepts this normal form."""
        return bool(self.ask(hot.ACCEPTED_ELSEWHERE, (self._decks, f"\n{form}\n")))

    def log(self, key: int) -> list[LogRow]:
        """All log rows of a card, undone ones too, in time order."""
        with self.decoding():
            return [log_of(row) for row in self.ask(hot.LOG_OF_CARD, (key,))]

    def draft(self, key: int) -> str:
        """The unfinished long answer to a card; empty if there is none."""
        rows = self.ask(hot.DRAFT, (key,))
        return str(rows[0][0]) if rows else ""

    def mark(self, key: int) -> Mark:
        """The marks of a card."""
        rows = self.ask(hot.MARK, (key,))
        return mark_of(rows[0]) if rows else Mark()


def _slug(note_name: str) -> str:
    return note_name.partition("/")[0]
