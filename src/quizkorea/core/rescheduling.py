"""Log rows for what a learner decides about a card's schedule apart from answering: a reset, a due day."""

from __future__ import annotations

from datetime import date

from quizkorea.core.schedule import LogKind, LogRow, Schedule, State


def reset_row(key: int, schedule: Schedule, now_ms: int, today: date) -> LogRow:
    """The card is new again; its earlier reviews stay in the log."""
    return LogRow(*_effective(key, schedule, now_ms), LogKind.RESET, _day(schedule, today), State.NEW)


def set_due_row(key: int, schedule: Schedule, due_day: date, now_ms: int, today: date) -> LogRow:
    """The card is a Review card that is due on a study day; what FSRS remembers of it stays as it is, as in Anki."""
    return LogRow(
        *_effective(key, schedule, now_ms),
        LogKind.SET_DUE,
        _day(schedule, today),
        State.REVIEW,
        stability=schedule.stability,
        difficulty=schedule.difficulty,
        due_day=due_day,
    )


def _effective(key: int, schedule: Schedule, now_ms: int) -> tuple[int, int]:
    """(row id, card key): a clock set backwards never puts a row before the card's last."""
    return (now_ms if schedule.last_ms is None else max(now_ms, schedule.last_ms + 1)), key


def _day(schedule: Schedule, today: date) -> date:
    return today if schedule.last_day is None else max(today, schedule.last_day)
