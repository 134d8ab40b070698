"""Lengths of time as a button shows them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.schedule import Outcome, Rating, Schedule, State
from quizkorea.core.spans import show_days, show_interval, show_ms


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "0 d"),
        (1, "1 d"),
        (30, "30 d"),
        (31, "1 mo"),
        (46, "1.5 mo"),
        (61, "2 mo"),
        (303, "10 mo"),
        (364, "12 mo"),
        (365, "1 y"),
        (548, "1.5 y"),
        (731, "2 y"),
        (36_500, "100 y"),
    ],
)
def test_days_become_months_and_years(days: int, shown: str) -> None:
    assert show_days(days) == shown


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (0, "0 s"),
        (999, "1 s"),
        (59_400, "59 s"),
        (59_999, "1 min"),
        (60_000, "1 min"),
        (90_000, "1.5 min"),
        (330_000, "5.5 min"),
        (600_000, "10 min"),
        (3_569_000, "59 min"),
        (3_570_000, "1 h"),
        (5_400_000, "1.5 h"),
        (86_399_000, "24 h"),
        (86_400_000, "1 d"),
        (3 * 86_400_000, "3 d"),
    ],
)
def test_steps_are_shown_in_seconds_minutes_and_hours(milliseconds: int, shown: str) -> None:
    assert show_ms(milliseconds) == shown


def test_a_button_shows_the_step_or_the_days() -> None:
    day = date(2026, 3, 2)
    step = Outcome(Rating.GOOD, 5_000, day, Schedule(State.LEARNING, 1, due_ms=605_000))
    review = Outcome(Rating.GOOD, 5_000, day, Schedule(State.REVIEW, due_day=day + timedelta(days=12)))
    assert (show_interval(step), show_interval(review)) == ("10 min", "12 d")


@given(st.integers(0, 40_000))
def test_no_number_on_a_button_is_longer_than_three_digits(days: int) -> None:
    number, unit = show_days(days).split()
    assert unit in ("d", "mo", "y")
    assert len(number.replace(".", "")) <= 3
