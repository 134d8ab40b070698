"""Lengths of time as a learner reads them on a button: `10 min`, `3 d`, `1.5 mo`, `2 y`."""

from __future__ import annotations

from quizkorea.core.schedule import Outcome


def show_days(days: int) -> str:
    """Days as days below a month, then months and years with one decimal where it says something."""
    if days < 31:
        return f"{days} d"
    if days < 365:
        return f"{_short(days / 30.4375)} mo"
    return f"{_short(days / 365.25)} y"


def show_ms(milliseconds: int) -> str:
    """A learning step, or how long a card or session took: seconds, minutes or hours."""
    seconds = milliseconds / 1000
    if seconds < 59.5:
        return f"{round(seconds)} s"
    if seconds < 3570:
        return f"{_short(seconds / 60)} min"
    return f"{_short(seconds / 3600)} h" if seconds < 86_400 else show_days(round(seconds / 86_400))


def show_interval(outcome: Outcome) -> str:
    """What the button of a rating says."""
    days, step = outcome.interval_days, outcome.interval_ms
    return show_days(days) if days is not None else show_ms(step or 0)


def _short(number: float) -> str:
    text = f"{number:.1f}" if number < 10 else f"{round(number)}"
    return text.removesuffix(".0")
