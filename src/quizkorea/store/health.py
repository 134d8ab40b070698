"""Is a store sound? What SQLite says, and each card's state held against its log (DESIGN §6)."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from quizkorea.core.schedule import LogRow, Schedule
from quizkorea.store import hot
from quizkorea.store.connection import open_reader
from quizkorea.store.rows import Rebuild, Row, log_of, schedule_of, state_row
from quizkorea.store.worded import worded_errors

if TYPE_CHECKING:
    from quizkorea.store.store import Store

_CLOSE = 1e-6
"""Relative; the engine's own rounding is a thousandth of this."""


def damage(path: Path) -> list[str]:
    """What SQLite finds wrong with the file and its references, a line each; nothing is moved."""
    with open_reader(path) as connection:
        lines = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return lines + [f"a row of {table} points to a {parent} that is not there" for table, _, parent, _ in broken]


_LOGS = """
SELECT COALESCE(c.merged_into, c.key) AS owner, r.id, r.card_key, r.kind, r.study_day, r.state, r.rating,
       r.duration_ms, r.step, r.stability, r.difficulty, r.due_day, r.due_ms, r.verdict, r.confidence, r.origin,
       r.anki_id, r.undone_at
FROM review_log r JOIN card c ON c.key = r.card_key ORDER BY owner, r.id
"""

_STATES = """
SELECT s.card_key, s.state, s.step, s.stability, s.difficulty, s.due_day, s.due_ms, s.last_day, s.last_ms, s.reviews,
       s.lapses, s.revision
FROM card_state s JOIN card c ON c.key = s.card_key WHERE c.merged_into IS NULL
"""


def differing_states(connection: sqlite3.Connection, path: Path, rebuild: Rebuild) -> Iterator[tuple[int, Schedule]]:
    """(card key, state by its log) for each card whose stored state says something else."""
    with worded_errors(path):
        stored = {row[0]: _schedule(row[1:]) for row in connection.execute(_STATES)}
        for key, rows in _logs(connection):
            wanted = rebuild(rows, key)
            found = stored.pop(key, Schedule())
            if found is None or not _same(wanted, found):
                yield key, wanted
        for key, schedule in stored.items():
            if schedule != Schedule():
                yield key, Schedule()


def _logs(connection: sqlite3.Connection) -> Iterator[tuple[int, list[LogRow]]]:
    for key, rows in groupby(connection.execute(_LOGS).fetchall(), key=lambda row: row[0]):
        try:
            yield key, [log_of(row[1:]) for row in rows]
        except (ValueError, TypeError) as error:
            raise sqlite3.DatabaseError("Could not decode a row of the log") from error


def _schedule(row: Row) -> Schedule | None:
    """A stored state; None for one that makes no sense, which the log can mend."""
    try:
        return schedule_of(row)[0]
    except (ValueError, TypeError):
        return None


def _same(one: Schedule, other: Schedule) -> bool:
    for entry in fields(Schedule):
        mine, theirs = getattr(one, entry.name), getattr(other, entry.name)
        if isinstance(mine, float) and isinstance(theirs, float):
            if not math.isclose(mine, theirs, rel_tol=_CLOSE):
                return False
        elif mine != theirs:
            return False
    return True


def rebuild_states(store: Store, rebuild: Rebuild) -> int:
    """Write the states that the log gives, where they differ; how many. All or nothing."""
    with store.transaction() as connection:
        changed = list(differing_states(connection, store.path, rebuild))
        connection.executemany(hot.WRITE_STATE, [state_row(key, schedule) for key, schedule in changed])
    return len(changed)


def newest_row_ms(connection: sqlite3.Connection, path: Path) -> int:
    """The time of the newest log row, milliseconds UTC; 0 if there is none."""
    with worded_errors(path):
        return int(connection.execute("SELECT COALESCE(max(id), 0) FROM review_log").fetchone()[0])
