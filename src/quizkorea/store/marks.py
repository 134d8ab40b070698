"""Marks of a card as the store keeps them, and the numbering of actions in the mark log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from quizkorea.store import hot
from quizkorea.store.card_values import Mark


def mark_of(row: Sequence[Any]) -> Mark:
    """Marks from the columns of `hot.MARK`."""
    buried = None if row[1] is None else date.fromisoformat(row[1])
    return Mark(bool(row[0]), buried, bool(row[2]), row[3])


def mark_row(mark: Mark) -> list[object]:
    """The columns of `hot.WRITE_MARK` after the key."""
    buried = None if mark.buried_until is None else mark.buried_until.isoformat()
    return [int(mark.suspended), buried, int(mark.flagged), mark.flag_note]


def mark_json(mark: Mark) -> str:
    """Marks as the mark log holds them."""
    return json.dumps(mark_row(mark))


def next_action(connection: sqlite3.Connection, now_ms: int) -> int:
    """A time for an action that no other action of the mark log has: its number."""
    return int(connection.execute(hot.NEXT_MARK_MS, (now_ms,)).fetchone()[0])
