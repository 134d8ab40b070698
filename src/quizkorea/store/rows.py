"""Rows of the store and core values, both ways. Rows never leave this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from quizkorea.core.schedule import LogKind, LogRow, Rating, Schedule, State

Row = Sequence[Any]

Rebuild = Callable[[list[LogRow], int], Schedule]
"""A card's state from its log rows and its key."""


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def schedule_of(row: Row | None) -> tuple[Schedule, int]:
    """The schedule and its revision, from the columns of `hot.STATE`; a card without a row is new, revision 0."""
    if row is None:
        return Schedule(), 0
    schedule = Schedule(
        state=State(row[0]),
        step=row[1],
        stability=row[2],
        difficulty=row[3],
        due_day=_day(row[4]),
        due_ms=row[5],
        last_day=_day(row[6]),
        last_ms=row[7],
        reviews=row[8],
        lapses=row[9],
    )
    return schedule, row[10]


def state_row(card_key: int, schedule: Schedule) -> Row:
    """The parameters of `hot.WRITE_STATE`."""
    return (
        card_key,
        int(schedule.state),
        schedule.step,
        schedule.stability,
        schedule.difficulty,
        _text(schedule.due_day),
        schedule.due_ms,
        _text(schedule.last_day),
        schedule.last_ms,
        schedule.reviews,
        schedule.lapses,
    )


def log_of(row: Row) -> LogRow:
    """A log row from the columns of `hot.LOG_OF_CARD`."""
    return LogRow(
        id=row[0],
        card_key=row[1],
        kind=LogKind(row[2]),
        study_day=date.fromisoformat(row[3]),
        state=State(row[4]),
        rating=None if row[5] is None else Rating(row[5]),
        duration_ms=row[6],
        step=row[7],
        stability=row[8],
        difficulty=row[9],
        due_day=_day(row[10]),
        due_ms=row[11],
        verdict=row[12],
        confidence=row[13],
        origin=row[14],
        anki_id=row[15],
        undone_at=row[16],
    )


def log_row(row: LogRow) -> Row:
    """The parameters of `hot.INSERT_LOG`."""
    return (
        row.id,
        row.card_key,
        row.kind.value,
        row.study_day.isoformat(),
        int(row.state),
        None if row.rating is None else int(row.rating),
        row.duration_ms,
        row.step,
        row.stability,
        row.difficulty,
        _text(row.due_day),
        row.due_ms,
        row.verdict,
        row.confidence,
        row.origin,
        row.anki_id,
        row.undone_at,
    )
