"""The words of the schedule: ratings, states, leeches, and what an outcome says of its interval."""

from __future__ import annotations

from datetime import date

import pytest

from quizkorea.core.schedule import LogKind, Outcome, Rating, Schedule, State, is_leech

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("lapses", "leech"),
    [(0, False), (7, False), (8, True), (9, False), (11, False), (12, True), (15, False), (16, True), (20, True)],
)
def test_a_leech_is_said_at_the_eighth_lapse_and_at_every_fourth_after_it(lapses: int, leech: bool) -> None:
    assert is_leech(lapses) is leech


def test_numbers_and_names_are_those_of_the_field() -> None:
    assert {rating.name: rating.value for rating in Rating} == {"AGAIN": 1, "HARD": 2, "GOOD": 3, "EASY": 4}
    assert {state.name: state.value for state in State} == {"NEW": 0, "LEARNING": 1, "REVIEW": 2, "RELEARNING": 3}
    assert [kind.value for kind in LogKind] == ["review", "reset", "set due"]


def test_a_new_card_remembers_nothing() -> None:
    new = Schedule()
    assert (new.state, new.step, new.stability, new.difficulty) == (State.NEW, None, None, None)
    assert (new.due_day, new.due_ms, new.last_day, new.last_ms, new.reviews, new.lapses) == (None,) * 4 + (0, 0)


def test_an_outcome_on_a_learning_step_has_a_length_in_milliseconds_only() -> None:
    outcome = Outcome(Rating.AGAIN, 1_000, DAY, Schedule(State.LEARNING, 0, due_ms=61_000))
    assert (outcome.interval_ms, outcome.interval_days) == (60_000, None)


def test_an_outcome_on_a_study_day_has_an_interval_in_days_only() -> None:
    outcome = Outcome(Rating.GOOD, 1_000, DAY, Schedule(State.REVIEW, due_day=date(2026, 4, 1)))
    assert (outcome.interval_ms, outcome.interval_days) == (None, 30)
