"""The store of one learner: the only holder of its connection, for everything on the hot path (DESIGN §8)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from quizkorea.core.errors import AnsweredElsewhere, ChangedElsewhere
from quizkorea.core.schedule import LogKind, LogRow, Outcome, Schedule
from quizkorea.store import hot
from quizkorea.store.card_values import Answer, Mark
from quizkorea.store.connection import transaction as write_transaction
from quizkorea.store.marks import mark_json, mark_of, mark_row, next_action
from quizkorea.store.opening import FileId, file_id_of
from quizkorea.store.reader import StoreReader
from quizkorea.store.rows import Rebuild, log_of, log_row, schedule_of, state_row


class Store(StoreReader):
    """Open for one process; every write is one transaction that is on disk when the call returns."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, backups: Path, file_id: FileId, restore_command: str
    ) -> None:
        super().__init__(path, connection)
        self._backups, self._restore_command = backups, restore_command
        self._file_id = file_id
        self._last_row = 0
        """Id of the log row that this program wrote last."""

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction. Raises StoreLost after it, with a copy kept, when the file is no longer ours."""
        with write_transaction(self.connection, self.path) as connection:
            yield connection
        if file_id_of(self.path) != self._file_id:
            from quizkorea.store.rescue import rescue  # nobody should ever need it

            raise rescue(self.connection, self.path, self._backups, self._restore_command)

    def back_up(self, now_ms: int, reason: str) -> Path:
        """Copy the last committed state; called within a transaction, that is the state before it."""
        from quizkorea.store.backups import backup_file  # no part of a session

        return backup_file(self.path, self._backups, now_ms, reason)

    # --- answers ---------------------------------------------------------------------------------------------------

    def answer(self, answer: Answer, decide: Callable[[Schedule], Outcome]) -> LogRow:
        """Write an answer: log row, state and text in one transaction, on disk when this returns.

        When the schedule has moved since the card was shown, `decide` computes the outcome anew; but if another
        program *answered* the card meanwhile, AnsweredElsewhere is raised and nothing is written.
        """
        shown = answer.card
        with self.transaction() as connection:
            key, *state = connection.execute(hot.STATE_NOW, (shown.key,)).fetchone()
            revision = state[-1] or 0
            outcome = answer.outcome
            if revision != shown.revision or key != shown.key:
                # a card that was merged into this one, or this one into it, brings reviews from before
                since = (key, shown.key, shown.newest_row, answer.shown_ms)
                if connection.execute(hot.LIVE_REVIEW_SINCE, since).fetchone():
                    raise AnsweredElsewhere("This card was answered elsewhere since it was shown; that answer counts.")
                with self.decoding():
                    outcome = decide(schedule_of(None if state[0] is None else state)[0])
            row = self._write_row(connection, _row_of(key, answer, outcome))
            after = outcome.schedule if row.id == outcome.at_ms else replace(outcome.schedule, last_ms=row.id)
            connection.execute(hot.WRITE_STATE, state_row(key, after))
            if answer.text is not None:
                connection.execute(hot.KEEP_TEXT, (key, row.id, row.id, answer.text))
                connection.execute(hot.DROP_DRAFT, (key,))
        return row

    def change(self, keys: Sequence[int], row_of: Callable[[int, Schedule], LogRow], rebuild: Rebuild) -> list[LogRow]:
        """Write a reset or a set due for some cards, all or none; the rows written.

        `row_of` gives the row of a card from its key and its schedule as it stands; its id may still move on.
        """
        rows: list[LogRow] = []
        with self.transaction() as connection:
            for key in dict.fromkeys(_survivor(connection, key) for key in keys):
                with self.decoding():
                    schedule, _ = schedule_of(connection.execute(hot.STATE, (key,)).fetchone())
                row = row_of(key, schedule)
                if rows:  # thousands of rows in one moment: go on where the last one ends
                    row = replace(row, id=max(row.id, rows[-1].id + 1))
                rows.append(self._write_row(connection, row))
                self._rebuild(connection, key, rebuild)
        return rows

    def undo(self, rows: Sequence[tuple[int, int]], now_ms: int, rebuild: Rebuild) -> None:
        """Mark log rows, given as (card key, row id), as undone, and compute the cards' states from what is left.

        A long answer that belonged to a row is a draft again. Raises ChangedElsewhere, and changes nothing, unless
        each row is its card's newest live one.
        """
        with self.transaction() as connection:
            for shown_key, row_id in rows:
                key = _survivor(connection, shown_key)
                newest = connection.execute(hot.NEWEST_LIVE_ROW, (key,)).fetchone()[0]
                if newest != row_id:
                    raise ChangedElsewhere("This card was changed elsewhere since; nothing was undone.")
                connection.execute(hot.UNDO_LOG, (now_ms, row_id))
                connection.execute(hot.DRAFT_FROM_REVIEW, (key, now_ms, row_id))
                self._rebuild(connection, key, rebuild)

    def _write_row(self, connection: sqlite3.Connection, row: LogRow) -> LogRow:
        """Write a log row; its id moves on past all rows of the card, and while another row has it.

        A clock that was set back must not put it before a row that was undone: what came later has the larger id.
        """
        row_id = max(row.id, connection.execute(hot.NEWEST_ROW, (row.card_key,)).fetchone()[0] + 1)
        if 0 <= self._last_row - row_id < 1000:  # more than one answer in a millisecond: go on where they end
            row_id = self._last_row + 1
        while connection.execute(hot.ROW_EXISTS, (row_id,)).fetchone():
            row_id += 1
        if row_id != row.id:
            row = replace(row, id=row_id)
        connection.execute(hot.INSERT_LOG, log_row(row))
        self._last_row = row_id
        return row

    def _rebuild(self, connection: sqlite3.Connection, key: int, rebuild: Rebuild) -> None:
        with self.decoding():
            rows = [log_of(row) for row in connection.execute(hot.LOG_OF_CARD, (key,))]
        connection.execute(hot.WRITE_STATE, state_row(key, rebuild(rows, key)))

    # --- long answers ----------------------------------------------------------------------------------------------

    def save_draft(self, key: int, text: str, now_ms: int) -> None:
        """Keep an unfinished long answer; an empty one is forgotten."""
        with self.transaction() as connection:
            key = _survivor(connection, key)
            if text:
                connection.execute(hot.SAVE_DRAFT, (key, text, now_ms))
            else:
                connection.execute(hot.DROP_DRAFT, (key,))

    def keep_text(self, key: int, text: str, now_ms: int) -> int:
        """Keep a long answer that was finished without a review; its number."""
        with self.transaction() as connection:
            key = _survivor(connection, key)
            number = connection.execute(hot.KEEP_TEXT, (key, None, now_ms, text)).lastrowid
            connection.execute(hot.DROP_DRAFT, (key,))
        return int(number or 0)

    def draft_from_text(self, key: int, number: int, now_ms: int) -> None:
        """Make a kept long answer the draft again, where no newer one waits."""
        with self.transaction() as connection:
            connection.execute(hot.DRAFT_FROM_TEXT, (_survivor(connection, key), now_ms, number))

    # --- marks -----------------------------------------------------------------------------------------------------

    def set_marks(self, keys: Sequence[int], kind: str, change: Callable[[Mark], Mark], now_ms: int) -> int:
        """Change the marks of some cards and log it; the number by which `undo_marks` knows the action.

        `kind` is suspend, bury or flag.
        """
        with self.transaction() as connection:
            action = next_action(connection, now_ms)
            for key in dict.fromkeys(_survivor(connection, key) for key in keys):
                row = connection.execute(hot.MARK, (key,)).fetchone()
                before = mark_of(row) if row else Mark()
                after = change(before)
                connection.execute(hot.WRITE_MARK, (key, *mark_row(after)))
                connection.execute(hot.LOG_MARK, (key, action, kind, mark_json(before), mark_json(after)))
        return action

    def undo_marks(self, action: int, now_ms: int) -> None:
        """Put back the marks from before an action. Raises ChangedElsewhere if they were changed again since."""
        with self.transaction() as connection:
            rows = connection.execute(hot.MARKS_OF_ACTION, (action,)).fetchall()
            for row_id, logged_key, before, _ in rows:
                key = _survivor(connection, logged_key)
                if connection.execute(hot.NEWEST_MARK_ROW, (key,)).fetchone()[0] != row_id:
                    raise ChangedElsewhere("This card's marks were changed elsewhere since; nothing was undone.")
                connection.execute(hot.WRITE_MARK, (key, *json.loads(before)))
            if not rows:
                raise ChangedElsewhere("That was taken back already; nothing was undone.")
            connection.execute(hot.UNDO_MARKS, (now_ms, action))


def _survivor(connection: sqlite3.Connection, key: int) -> int:
    """The key of the card that a merged card became part of, else its own."""
    row = connection.execute("SELECT merged_into FROM card WHERE key = ?", (key,)).fetchone()
    return key if row is None or row[0] is None else int(row[0])


def _row_of(key: int, answer: Answer, outcome: Outcome) -> LogRow:
    after = outcome.schedule
    return LogRow(
        id=outcome.at_ms,
        card_key=key,
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
