"""The store of one learner: the only holder of its connection, for everything on the hot path (DESIGN §8)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from quizkorea.core.errors import AnsweredElsewhere, ChangedElsewhere
from quizkorea.core.queue import Candidate
from quizkorea.core.schedule import LogKind, LogRow, Outcome, Schedule, State
from quizkorea.store import hot
from quizkorea.store.connection import open_store, transaction, worded_errors
from quizkorea.store.rows import Row, log_of, log_row, schedule_of, state_row
from quizkorea.store.values import Answer, DeckCount, Mark, StoredCard

if TYPE_CHECKING:
    from quizkorea.core.notes import Bibliography


class Store:
    """Open for one process; every write is one transaction that is on disk when the call returns."""

    def __init__(self, path: Path, now_ms: int) -> None:
        self.path = path
        self.connection = open_store(path, now_ms)
        self._decks = "[]"
        self._bibliographies: dict[int, Bibliography] = {}

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def load(self, deck_ids: Sequence[int]) -> None:
        """Say which decks this process has loaded; the store file never knows."""
        self._decks = json.dumps(list(deck_ids))
        self._bibliographies.clear()

    def _rows(self, sql: str, parameters: Row | dict[str, object] = ()) -> list[Row]:
        with worded_errors(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    # --- what there is to study ------------------------------------------------------------------------------------

    def learning(self, today: date, before_ms: int, **only: str | None) -> list[Candidate]:
        """Learning cards due before an instant."""
        rows = self._rows(hot.LEARNING_CARDS, self._slice(today, only) | {"before_ms": before_ms})
        return [Candidate(key, name, part, due_ms=due_ms, deck=_slug(name)) for key, name, part, due_ms in rows]

    def reviews(self, today: date, **only: str | None) -> list[Candidate]:
        """Review cards due today or before."""
        return [
            Candidate(key, name, part, (today - date.fromisoformat(last)).days, stability or 0.0, deck=_slug(name))
            for key, name, part, last, stability in self._rows(hot.REVIEW_CARDS, self._slice(today, only))
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
        return [(row[0], row[1]) for row in self._rows(hot.ANSWERED_TODAY, (day.isoformat(),))]

    def done_on(self, day: date) -> tuple[int, int, int]:
        """Live reviews of a study day: of new cards, of review cards, and in all."""
        rows = self._rows(hot.DONE_TODAY, (day.isoformat(),))
        new = sum(count for prior, count in rows if not prior)
        reviews = sum(count for prior, count in rows if prior == State.REVIEW)
        return new, reviews, sum(count for _, count in rows)

    def counts(self) -> dict[int, DeckCount]:
        """Cards by deck id, for the loaded decks."""
        return {row[0]: DeckCount(row[1], row[2], row[3]) for row in self._rows(hot.CARDS_BY_DECK, (self._decks,))}

    def next_due(self, today: date) -> str | None:
        """The next study day (ISO) on which a review card falls due, after today."""
        rows = self._rows("SELECT min(due_day) FROM card_state WHERE state = 2 AND due_day > ?", (today.isoformat(),))
        return rows[0][0]  # type: ignore[no-any-return]

    # --- one card --------------------------------------------------------------------------------------------------

    def card(self, key: int) -> StoredCard | None:
        """A card as it stands now, following a merge; None when no loaded deck gives it any more."""
        from quizkorea.core.codec import note_from_plain  # counting cards needs no notes

        rows = self._rows(hot.CARD_BY_KEY, (key,))
        while rows and rows[0][4] is not None:
            rows = self._rows(hot.CARD_BY_KEY, (rows[0][4],))
        if not rows:
            return None
        key, name, note_name, part, _ = rows[0]
        content = self._rows(hot.CONTENT, (key, self._decks))
        if not content:
            return None
        note_id, type_name, line, tags, plain, deck_id, slug, title, path = content[0]
        schedule, revision = schedule_of(next(iter(self._rows(hot.STATE, (key,))), None))
        return StoredCard(
            key=key,
            name=name,
            note_name=note_name,
            part=part,
            note=note_from_plain(type_name, note_id, line, json.loads(plain)),
            tags=tuple(tags.strip("\n").split("\n")) if tags.strip() else (),
            deck_id=deck_id,
            deck_slug=slug,
            deck_title=title,
            path=path,
            schedule=schedule,
            revision=revision,
            newest_row=self._rows(hot.NEWEST_LIVE_ROW, (key,))[0][0] or 0,
            mark=self.mark(key),
        )

    def bibliography(self, deck_id: int) -> Bibliography:
        """The sources and holders that stand beside a deck."""
        if deck_id not in self._bibliographies:
            from quizkorea.core.codec import bibliography_from_plain

            rows = self._rows(hot.BIBLIOGRAPHY, (deck_id,))
            self._bibliographies[deck_id] = bibliography_from_plain(json.loads(rows[0][0]))
        return self._bibliographies[deck_id]

    def is_answer_elsewhere(self, key: int, form: str) -> bool:
        """Whether a card of another note accepts this normal form."""
        return bool(self._rows(hot.ACCEPTED_ELSEWHERE, (self._decks, f"\n{form}\n", key)))

    def log(self, key: int) -> list[LogRow]:
        """All log rows of a card, undone ones too, in time order."""
        return [log_of(row) for row in self._rows(hot.LOG_OF_CARD, (key,))]

    # --- writing ---------------------------------------------------------------------------------------------------

    def answer(self, answer: Answer, decide: Callable[[Schedule], Outcome]) -> LogRow:
        """Write an answer: log row and state in one transaction, on disk when this returns.

        When the schedule has moved since the card was shown, `decide` computes the outcome anew; but if another
        program *answered* the card meanwhile, AnsweredElsewhere is raised and nothing is written.
        """
        key, shown = answer.card.key, answer.card
        with transaction(self.connection, self.path) as connection:
            schedule, revision = schedule_of(connection.execute(hot.STATE, (key,)).fetchone())
            outcome = answer.outcome
            if revision != shown.revision:
                if connection.execute(hot.LIVE_REVIEW_SINCE, (key, shown.newest_row)).fetchone():
                    raise AnsweredElsewhere("This card was answered elsewhere since it was shown; that answer counts.")
                outcome = decide(schedule)
            row = _row_of(connection, answer, outcome)
            connection.execute(hot.INSERT_LOG, log_row(row))
            connection.execute(hot.WRITE_STATE, state_row(key, replace(outcome.schedule, last_ms=row.id)))
        return row

    def undo_answer(self, key: int, row_id: int, now_ms: int, rebuild: Callable[[list[LogRow], int], Schedule]) -> None:
        """Mark a log row as undone and compute the card's state from what is left.

        Raises ChangedElsewhere, and changes nothing, unless the row is the card's newest live one.
        """
        with transaction(self.connection, self.path) as connection:
            key = _survivor(connection, key)
            newest = connection.execute(hot.NEWEST_LIVE_ROW, (key,)).fetchone()[0]
            if newest != row_id:
                raise ChangedElsewhere("This card was changed elsewhere since; nothing was undone.")
            connection.execute(hot.UNDO_LOG, (now_ms, row_id))
            rows = [log_of(row) for row in connection.execute(hot.LOG_OF_CARD, (key,))]
            connection.execute(hot.WRITE_STATE, state_row(key, rebuild(rows, key)))

    # --- marks -----------------------------------------------------------------------------------------------------

    def mark(self, key: int) -> Mark:
        """The marks of a card."""
        rows = self._rows(hot.MARK, (key,))
        return _mark_of(rows[0]) if rows else Mark()

    def set_mark(self, key: int, kind: str, change: Callable[[Mark], Mark], now_ms: int) -> int:
        """Change a card's marks and log it; the id of the log row. `kind` is suspend, bury or flag."""
        with transaction(self.connection, self.path) as connection:
            row = connection.execute(hot.MARK, (key,)).fetchone()
            before = _mark_of(row) if row else Mark()
            after = change(before)
            connection.execute(hot.WRITE_MARK, (key, *_mark_row(after)))
            cursor = connection.execute(hot.LOG_MARK, (key, now_ms, kind, _mark_json(before), _mark_json(after)))
            return int(cursor.lastrowid or 0)

    def undo_mark(self, key: int, log_id: int, now_ms: int) -> None:
        """Put back the marks from before a change. Raises ChangedElsewhere if they were changed again since."""
        with transaction(self.connection, self.path) as connection:
            key = _survivor(connection, key)
            before, after = connection.execute("SELECT before, after FROM mark_log WHERE id = ?", (log_id,)).fetchone()
            row = connection.execute(hot.MARK, (key,)).fetchone()
            if row is None or _mark_json(_mark_of(row)) != after:
                raise ChangedElsewhere("This card's marks were changed elsewhere since; nothing was undone.")
            connection.execute(hot.WRITE_MARK, (key, *json.loads(before)))
            connection.execute("UPDATE mark_log SET undone_at = ? WHERE id = ?", (now_ms, log_id))


def _slug(note_name: str) -> str:
    return note_name.partition("/")[0]


def _survivor(connection: sqlite3.Connection, key: int) -> int:
    """The key of the card that a merged card became part of, else its own."""
    row = connection.execute("SELECT merged_into FROM card WHERE key = ?", (key,)).fetchone()
    return key if row is None or row[0] is None else int(row[0])


def _row_of(connection: sqlite3.Connection, answer: Answer, outcome: Outcome) -> LogRow:
    row_id = outcome.at_ms
    while connection.execute(hot.ROW_EXISTS, (row_id,)).fetchone():
        row_id += 1
    after = outcome.schedule
    return LogRow(
        id=row_id,
        card_key=answer.card.key,
        kind=LogKind.REVIEW,
        study_day=outcome.study_day,
        state=after.state,
        rating=outcome.rating,
        duration_ms=answer.duration_ms,
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        due_day=after.due_day,
        due_ms=after.due_ms,
        verdict=answer.verdict,
        confidence=answer.confidence,
    )


def _mark_of(row: Row) -> Mark:
    buried = None if row[1] is None else date.fromisoformat(row[1])
    return Mark(bool(row[0]), buried, bool(row[2]), row[3])


def _mark_row(mark: Mark) -> list[object]:
    buried = None if mark.buried_until is None else mark.buried_until.isoformat()
    return [int(mark.suspended), buried, int(mark.flagged), mark.flag_note]


def _mark_json(mark: Mark) -> str:
    return json.dumps(_mark_row(mark))
