"""The store of one learner: the only holder of its connection, for everything on the hot path (DESIGN §8)."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from quizkorea.core.errors import AnsweredElsewhere, ChangedElsewhere, DataError
from quizkorea.core.schedule import LogKind, LogRow, Outcome, Schedule
from quizkorea.store import hot
from quizkorea.store.connection import open_store
from quizkorea.store.connection import transaction as write_transaction
from quizkorea.store.reader import StoreReader, mark_of
from quizkorea.store.rows import log_of, log_row, schedule_of, state_row
from quizkorea.store.values import Answer, Mark


class Store(StoreReader):
    """Open for one process; every write is one transaction that is on disk when the call returns."""

    def __init__(self, path: Path, now_ms: int) -> None:
        super().__init__(path, open_store(path, now_ms))
        self._inode = _inode(path)

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction, on the file that was opened and on no ghost of it."""
        if _inode(self.path) != self._inode:
            raise DataError(
                f"The store {self.path} was deleted or replaced while the program ran; the last change was not saved.",
                "Put the file back, or start again.",
            )
        with write_transaction(self.connection, self.path) as connection:
            yield connection

    # --- writing ---------------------------------------------------------------------------------------------------

    def answer(self, answer: Answer, decide: Callable[[Schedule], Outcome]) -> LogRow:
        """Write an answer: log row and state in one transaction, on disk when this returns.

        When the schedule has moved since the card was shown, `decide` computes the outcome anew; but if another
        program *answered* the card meanwhile, AnsweredElsewhere is raised and nothing is written.
        """
        shown = answer.card
        with self.transaction() as connection:
            key = _survivor(connection, shown.key)
            with self.decoding():
                schedule, revision = schedule_of(connection.execute(hot.STATE, (key,)).fetchone())
            outcome = answer.outcome
            if revision != shown.revision or key != shown.key:
                # a card that was merged has reviews of its own from before; only what came since counts
                since = shown.newest_row if key == shown.key else max(shown.newest_row, answer.shown_ms)
                if connection.execute(hot.LIVE_REVIEW_SINCE, (key, since)).fetchone():
                    raise AnsweredElsewhere("This card was answered elsewhere since it was shown; that answer counts.")
                outcome = decide(schedule)
            row = _row_of(connection, key, answer, outcome)
            connection.execute(hot.INSERT_LOG, log_row(row))
            connection.execute(hot.WRITE_STATE, state_row(key, replace(outcome.schedule, last_ms=row.id)))
        return row

    def undo_answer(self, key: int, row_id: int, now_ms: int, rebuild: Callable[[list[LogRow], int], Schedule]) -> None:
        """Mark a log row as undone and compute the card's state from what is left.

        Raises ChangedElsewhere, and changes nothing, unless the row is the card's newest live one.
        """
        with self.transaction() as connection:
            key = _survivor(connection, key)
            newest = connection.execute(hot.NEWEST_LIVE_ROW, (key,)).fetchone()[0]
            if newest != row_id:
                raise ChangedElsewhere("This card was changed elsewhere since; nothing was undone.")
            connection.execute(hot.UNDO_LOG, (now_ms, row_id))
            with self.decoding():
                rows = [log_of(row) for row in connection.execute(hot.LOG_OF_CARD, (key,))]
            connection.execute(hot.WRITE_STATE, state_row(key, rebuild(rows, key)))

    # --- marks ---------------------------------------------------------------------------------------------------

    def set_mark(self, key: int, kind: str, change: Callable[[Mark], Mark], now_ms: int) -> int:
        """Change a card's marks and log it; the id of the log row. `kind` is suspend, bury or flag."""
        with self.transaction() as connection:
            key = _survivor(connection, key)
            row = connection.execute(hot.MARK, (key,)).fetchone()
            before = mark_of(row) if row else Mark()
            after = change(before)
            connection.execute(hot.WRITE_MARK, (key, *_mark_row(after)))
            cursor = connection.execute(hot.LOG_MARK, (key, now_ms, kind, _mark_json(before), _mark_json(after)))
            return int(cursor.lastrowid or 0)

    def undo_mark(self, key: int, log_id: int, now_ms: int) -> None:
        """Put back the marks from before a change. Raises ChangedElsewhere if they were changed again since."""
        with self.transaction() as connection:
            key = _survivor(connection, key)
            before, after = connection.execute("SELECT before, after FROM mark_log WHERE id = ?", (log_id,)).fetchone()
            row = connection.execute(hot.MARK, (key,)).fetchone()
            if row is None or _mark_json(mark_of(row)) != after:
                raise ChangedElsewhere("This card's marks were changed elsewhere since; nothing was undone.")
            connection.execute(hot.WRITE_MARK, (key, *json.loads(before)))
            connection.execute("UPDATE mark_log SET undone_at = ? WHERE id = ?", (now_ms, log_id))


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _survivor(connection: sqlite3.Connection, key: int) -> int:
    """The key of the card that a merged card became part of, else its own."""
    row = connection.execute("SELECT merged_into FROM card WHERE key = ?", (key,)).fetchone()
    return key if row is None or row[0] is None else int(row[0])


def _row_of(connection: sqlite3.Connection, key: int, answer: Answer, outcome: Outcome) -> LogRow:
    row_id = outcome.at_ms
    while connection.execute(hot.ROW_EXISTS, (row_id,)).fetchone():
        row_id += 1
    after = outcome.schedule
    return LogRow(
        id=row_id,
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


def _mark_row(mark: Mark) -> list[object]:
    buried = None if mark.buried_until is None else mark.buried_until.isoformat()
    return [int(mark.suspended), buried, int(mark.flagged), mark.flag_note]


def _mark_json(mark: Mark) -> str:
    return json.dumps(_mark_row(mark))
