"""FSRS on study days: outcomes, fuzz, and the state that follows from a log."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.schedule import LogKind, LogRow, Outcome, Rating, Schedule, State
from quizkorea.core.scheduler import MAXIMUM_STABILITY, Scheduler, SchedulerSettings

DAY = date(2026, 3, 2)
NOW = 1_772_445_600_000
MINUTE = 60_000
DAY_MS = 86_400_000
SCHEDULER = Scheduler()
EXACT = Scheduler(SchedulerSettings(fuzz=False))
AGAIN, HARD, GOOD, EASY = Rating
NEW, LEARNING, REVIEW, RELEARNING = State

KEYS = st.integers(1, 1_000_000)
RATINGS = st.sampled_from(Rating)
STEPS = st.tuples(RATINGS, st.integers(-3 * DAY_MS, 200 * DAY_MS), st.integers(-3, 200))
"""A rating, milliseconds since the last one by the clock (which may be set back), study days since."""
HISTORIES = st.lists(STEPS, max_size=12)
REVIEW_CARDS = st.builds(
    Schedule,
    state=st.just(REVIEW),
    stability=st.floats(0.001, 36_500),
    difficulty=st.floats(1, 10),
    due_day=st.just(DAY),
    last_day=st.integers(0, 2_000).map(lambda days: DAY - timedelta(days=days)),
    last_ms=st.just(NOW - DAY_MS),
    reviews=st.integers(1, 50),
)


def answer(schedule: Schedule, rating: Rating, days: int = 0, scheduler: Scheduler = EXACT) -> Outcome:
    """A rating given some study days after `DAY`."""
    return scheduler.review(schedule, rating, now_ms=NOW + days * DAY_MS, today=DAY + timedelta(days=days), card_key=1)


def after(*ratings: Rating, scheduler: Scheduler = EXACT) -> Schedule:
    """A card answered several times, ten minutes apart."""
    schedule = Schedule()
    for at, rating in enumerate(ratings):
        now_ms = NOW + at * 10 * MINUTE
        schedule = scheduler.review(schedule, rating, now_ms=now_ms, today=DAY, card_key=1).schedule
    return schedule


def row_of(outcome: Outcome, key: int = 1, *, row_id: int | None = None) -> LogRow:
    """The log row of an answer, as the store writes it."""
    then = outcome.schedule
    return LogRow(
        id=outcome.at_ms if row_id is None else row_id,
        card_key=key,
        kind=LogKind.REVIEW,
        study_day=outcome.study_day,
        state=then.state,
        rating=outcome.rating,
        step=then.step,
        stability=then.stability,
        difficulty=then.difficulty,
        due_day=then.due_day,
        due_ms=then.due_ms,
    )


def answered(history: Sequence[tuple[Rating, int, int]], key: int) -> tuple[list[Schedule], list[LogRow]]:
    """Every schedule that a history leads through, the new card's first, and the log that it leaves."""
    schedules, rows = [Schedule()], []
    now_ms, today = NOW, DAY
    for rating, milliseconds, days in history:
        now_ms, today = now_ms + milliseconds, today + timedelta(days=days)
        outcome = SCHEDULER.review(schedules[-1], rating, now_ms=now_ms, today=today, card_key=key)
        schedules.append(outcome.schedule)
        rows.append(row_of(outcome, key))
    return schedules, rows


# --- learning ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "rating", "state", "step", "minutes"),
    [
        ((), AGAIN, LEARNING, 0, 1),
        ((), HARD, LEARNING, 0, 5.5),
        ((), GOOD, LEARNING, 1, 10),
        ((), EASY, REVIEW, None, None),
        ((GOOD,), AGAIN, LEARNING, 0, 1),
        ((GOOD,), HARD, LEARNING, 1, 10),
        ((GOOD,), GOOD, REVIEW, None, None),
        ((GOOD,), EASY, REVIEW, None, None),
        ((AGAIN,), GOOD, LEARNING, 1, 10),
        ((GOOD, GOOD), AGAIN, RELEARNING, 0, 10),
        ((GOOD, GOOD), HARD, REVIEW, None, None),
        ((GOOD, GOOD, AGAIN), AGAIN, RELEARNING, 0, 10),
        ((GOOD, GOOD, AGAIN), HARD, RELEARNING, 0, 15),
        ((GOOD, GOOD, AGAIN), GOOD, REVIEW, None, None),
        ((GOOD, GOOD, AGAIN), EASY, REVIEW, None, None),
    ],
)
def test_each_rating_leads_to_its_state_and_step(
    before: tuple[Rating, ...], rating: Rating, state: State, step: int | None, minutes: float | None
) -> None:
    outcome = answer(after(*before), rating, days=1)
    then = outcome.schedule
    assert (then.state, then.step) == (state, step)
    assert outcome.interval_ms == (None if minutes is None else minutes * MINUTE)
    assert (then.due_day is None) == (state != REVIEW)
    assert (then.due_ms is None) == (state == REVIEW)


def test_the_first_intervals_are_those_of_fsrs_6() -> None:
    assert answer(Schedule(), EASY).interval_days == 8
    assert answer(after(GOOD), GOOD).interval_days == 2
    assert answer(after(AGAIN, GOOD), GOOD).interval_days == 1


def test_a_step_is_due_by_the_real_time_even_over_the_turn_of_the_day() -> None:
    outcome = EXACT.review(Schedule(), GOOD, now_ms=NOW, today=DAY - timedelta(days=1), card_key=1)
    assert outcome.schedule.due_ms == NOW + 10 * MINUTE


@pytest.mark.parametrize("rating", list(Rating))
def test_without_steps_every_rating_leads_to_review(rating: Rating) -> None:
    scheduler = Scheduler(SchedulerSettings(learning_steps=(), relearning_steps=(), fuzz=False))
    first = answer(Schedule(), rating, scheduler=scheduler).schedule
    assert first.state == REVIEW
    assert answer(first, rating, 3, scheduler).schedule.state == REVIEW


def test_a_step_of_days_is_a_length_in_milliseconds() -> None:
    scheduler = Scheduler(SchedulerSettings(learning_steps=(60, 2 * 86_400)))
    assert answer(Schedule(), GOOD, scheduler=scheduler).interval_ms == 2 * DAY_MS


@pytest.mark.parametrize("rating", [HARD, GOOD, EASY])
def test_a_card_beyond_the_steps_that_are_left_is_passed_into_review(rating: Rating) -> None:
    shorter = Scheduler(SchedulerSettings(learning_steps=(60,)))
    assert answer(after(GOOD), rating, scheduler=shorter).schedule.state == REVIEW


# --- lapses and counts -------------------------------------------------------------------------------------------


def test_again_on_a_review_card_enters_relearning_and_is_a_lapse() -> None:
    lapsed = answer(after(GOOD, GOOD), AGAIN, 2).schedule
    assert (lapsed.state, lapsed.lapses, lapsed.reviews) == (RELEARNING, 1, 3)


def test_again_on_a_learning_step_is_no_lapse() -> None:
    assert after(AGAIN, AGAIN, GOOD).lapses == 0
    assert after(GOOD, GOOD, AGAIN, AGAIN, AGAIN).lapses == 1


def test_desired_retention_shortens_or_lengthens_the_interval_and_leaves_the_memory() -> None:
    card = after(GOOD, GOOD)
    outcomes = [
        answer(card, GOOD, 2, Scheduler(SchedulerSettings(desired_retention=retention, fuzz=False)))
        for retention in (0.97, 0.9, 0.8)
    ]
    days = [outcome.interval_days for outcome in outcomes]
    assert days[0] < days[1] < days[2]  # type: ignore[operator]
    assert len({outcome.schedule.stability for outcome in outcomes}) == 1


def test_no_interval_is_longer_than_the_maximum() -> None:
    scheduler = Scheduler(SchedulerSettings(maximum_interval=30))
    card = Schedule(REVIEW, stability=5_000.0, difficulty=2.0, due_day=DAY, last_day=DAY - timedelta(days=900))
    given_days = {
        answer(replace(card, reviews=reviews), EASY, scheduler=scheduler).interval_days for reviews in range(99)
    }
    assert max(days or 0 for days in given_days) == 30


def test_stability_is_held_at_the_ceiling_of_ankis_engine() -> None:
    card = Schedule(REVIEW, stability=36_000.0, difficulty=1.0, due_day=DAY, last_day=DAY - timedelta(days=36_000))
    assert answer(card, EASY).schedule.stability == MAXIMUM_STABILITY == 36_500


@pytest.mark.parametrize(("days", "chance"), [(0, 1.0), (10, 0.9), (-5, 1.0)])
def test_retrievability_is_ninety_per_cent_after_as_many_days_as_stability(days: int, chance: float) -> None:
    card = Schedule(REVIEW, stability=10.0, difficulty=5.0, due_day=DAY, last_day=DAY)
    assert EXACT.retrievability(card, DAY + timedelta(days=days)) == pytest.approx(chance)


def test_a_card_without_memory_has_no_retrievability() -> None:
    assert EXACT.retrievability(Schedule(), DAY) is None


# --- time that runs backwards ------------------------------------------------------------------------------------


@given(HISTORIES, KEYS)
def test_neither_a_clock_set_back_nor_an_earlier_study_day_makes_a_gap_negative(
    history: list[tuple[Rating, int, int]], key: int
) -> None:
    schedules, rows = answered(history, key)
    for (before, then), row in zip(pairwise(schedules), rows, strict=True):
        assert then.last_ms == row.id > (before.last_ms or 0)
        assert then.last_day == row.study_day >= (before.last_day or date.min)
        assert (then.due_day or then.last_day) >= then.last_day
        assert then.due_ms is None or then.due_ms > then.last_ms
        assert then.stability is not None
        assert then.difficulty is not None
        assert 0.001 <= then.stability <= MAXIMUM_STABILITY
        assert 1 <= then.difficulty <= 10
        assert then.reviews == before.reviews + 1


@pytest.mark.parametrize(("now_ms", "effective"), [(NOW - DAY_MS, NOW + 1), (NOW, NOW + 1), (NOW + 5, NOW + 5)])
def test_an_answer_comes_at_least_a_millisecond_after_the_last(now_ms: int, effective: int) -> None:
    card = replace(after(GOOD), last_ms=NOW)
    outcome = EXACT.review(card, GOOD, now_ms=now_ms, today=DAY, card_key=1)
    assert outcome.at_ms == outcome.schedule.last_ms == effective


def test_an_answer_on_an_earlier_study_day_counts_as_one_on_the_cards_last_day() -> None:
    card = after(GOOD, GOOD)
    back = EXACT.review(card, GOOD, now_ms=NOW + DAY_MS, today=DAY - timedelta(days=3), card_key=1)
    same = EXACT.review(card, GOOD, now_ms=NOW + DAY_MS, today=DAY, card_key=1)
    assert back == same
    assert back.study_day == DAY


# --- buttons and fuzz --------------------------------------------------------------------------------------------


@given(HISTORIES, KEYS, st.integers(-3 * DAY_MS, 200 * DAY_MS), st.integers(-3, 200))
def test_what_a_button_shows_is_what_it_gives(
    history: list[tuple[Rating, int, int]], key: int, milliseconds: int, days: int
) -> None:
    schedule = answered(history, key)[0][-1]
    now_ms, today = NOW + milliseconds, DAY + timedelta(days=days)
    shown = SCHEDULER.preview(schedule, now_ms=now_ms, today=today, card_key=key)
    assert list(shown) == list(Rating)
    for rating, outcome in shown.items():
        again = Scheduler().review(schedule, rating, now_ms=now_ms, today=today, card_key=key)
        assert outcome == again
        assert outcome.rating == rating


@given(REVIEW_CARDS, KEYS)
def test_a_better_rating_never_gives_a_shorter_interval(card: Schedule, key: int) -> None:
    shown = SCHEDULER.preview(card, now_ms=NOW, today=DAY, card_key=key)
    assert shown[AGAIN].interval_ms == 10 * MINUTE
    hard, good, easy = (shown[rating].interval_days or 0 for rating in (HARD, GOOD, EASY))
    assert 1 <= hard <= good <= easy


@given(REVIEW_CARDS, KEYS)
def test_a_better_rating_never_gives_a_shorter_interval_without_relearning_steps(card: Schedule, key: int) -> None:
    scheduler = Scheduler(SchedulerSettings(relearning_steps=()))
    shown = scheduler.preview(card, now_ms=NOW, today=DAY, card_key=key)
    days = [shown[rating].interval_days or 0 for rating in Rating]
    assert days[0] >= 1
    assert days == sorted(days)


def fuzz_reach(days: int) -> float:
    """How far fuzz may go, as Anki publishes it: a day, and a share of what lies in each band."""
    share = 0.15 * max(0, min(days, 7) - 2.5) + 0.1 * max(0, min(days, 20) - 7) + 0.05 * max(0, days - 20)
    return 0 if days < 2.5 else 1 + share


@given(REVIEW_CARDS, KEYS, st.sampled_from([HARD, GOOD, EASY]))
def test_fuzz_stays_within_the_published_bands(card: Schedule, key: int, rating: Rating) -> None:
    plain = EXACT.review(card, rating, now_ms=NOW, today=DAY, card_key=key).interval_days
    fuzzed = SCHEDULER.review(card, rating, now_ms=NOW, today=DAY, card_key=key).interval_days
    assert plain is not None
    assert fuzzed is not None
    assert round(plain - fuzz_reach(plain)) <= fuzzed <= min(36_500, round(plain + fuzz_reach(plain)))
    assert fuzzed == plain or plain > 2
    assert fuzzed >= min(plain, 2)


@pytest.mark.parametrize(
    ("stability", "least", "most"),
    [(1.0, 1, 1), (2.0, 2, 2), (3.0, 2, 4), (10.0, 8, 12), (30.0, 27, 33), (100.0, 93, 107)],
)
def test_over_many_cards_fuzz_reaches_both_ends_of_its_band_and_goes_no_further(
    stability: float, least: int, most: int
) -> None:
    card = Schedule(REVIEW, stability=stability, difficulty=10.0, due_day=DAY, last_day=DAY)
    assert answer(card, GOOD).interval_days == round(stability)  # a Good on the same day leaves the memory as it is
    given_days = {
        SCHEDULER.review(card, GOOD, now_ms=NOW, today=DAY, card_key=key).interval_days for key in range(1, 1_000)
    }
    assert given_days == set(range(least, most + 1))


def test_fuzz_follows_from_the_card_and_its_count_of_reviews() -> None:
    card = Schedule(REVIEW, stability=100.0, difficulty=5.0, due_day=DAY, last_day=DAY - timedelta(days=100), reviews=5)
    by_key = {SCHEDULER.review(card, GOOD, now_ms=NOW, today=DAY, card_key=key).interval_days for key in range(50)}
    by_count = {answer(replace(card, reviews=count), GOOD, scheduler=SCHEDULER).interval_days for count in range(50)}
    by_time = {
        SCHEDULER.review(card, GOOD, now_ms=NOW + minute * MINUTE, today=DAY, card_key=7).interval_days
        for minute in range(50)
    }
    assert len(by_key) > 10
    assert len(by_count) > 10
    assert len(by_time) == 1


# --- the state from the log --------------------------------------------------------------------------------------


@given(HISTORIES, KEYS)
def test_the_log_gives_the_state_that_the_answers_gave(history: list[tuple[Rating, int, int]], key: int) -> None:
    schedules, rows = answered(history, key)
    for count, schedule in enumerate(schedules):
        assert Scheduler().state_from_log(rows[:count], key) == schedule
    assert SCHEDULER.state_from_log(reversed(rows), key) == schedules[-1]


@given(HISTORIES, KEYS, st.data())
def test_an_undone_row_is_as_if_it_had_never_been(
    history: list[tuple[Rating, int, int]], key: int, data: st.DataObject
) -> None:
    _, rows = answered(history, key)
    undone = data.draw(st.sets(st.sampled_from(range(len(rows)))) if rows else st.just(set()))
    marked = [replace(row, undone_at=NOW) if at in undone else row for at, row in enumerate(rows)]
    live = [row for row in marked if row.undone_at is None]
    assert SCHEDULER.state_from_log(marked, key) == SCHEDULER.state_from_log(live, key)


@given(HISTORIES.filter(bool), KEYS)
def test_undoing_the_newest_row_gives_the_schedule_from_before_it(
    history: list[tuple[Rating, int, int]], key: int
) -> None:
    schedules, rows = answered(history, key)
    rows[-1] = replace(rows[-1], undone_at=rows[-1].id + 1)
    assert SCHEDULER.state_from_log(rows, key) == schedules[-2]


def special(kind: LogKind, days: int, **more: object) -> LogRow:
    """A row that is no review, at noon some study days after `DAY`."""
    values: dict[str, object] = {"state": NEW} | more
    return LogRow(NOW + days * DAY_MS, 1, kind, DAY + timedelta(days=days), **values)  # type: ignore[arg-type]


def two_reviews() -> tuple[Schedule, list[LogRow]]:
    first = EXACT.review(Schedule(), EASY, now_ms=NOW, today=DAY, card_key=1)
    second = EXACT.review(first.schedule, AGAIN, now_ms=NOW + DAY_MS, today=DAY + timedelta(days=1), card_key=1)
    third = EXACT.review(second.schedule, GOOD, now_ms=NOW + DAY_MS + MINUTE, today=DAY + timedelta(days=1), card_key=1)
    return third.schedule, [row_of(first), row_of(second), row_of(third)]


def test_a_reset_starts_anew() -> None:
    card, rows = two_reviews()
    assert card.lapses == 1
    reset = EXACT.state_from_log([*rows, special(LogKind.RESET, 5)], 1)
    assert (reset.state, reset.step, reset.stability, reset.difficulty) == (NEW, None, None, None)
    assert (reset.due_day, reset.due_ms, reset.lapses, reset.reviews) == (None, None, 0, 3)
    first = answer(reset, GOOD, 9).schedule
    fresh = answer(Schedule(), GOOD, 9).schedule
    assert (first.stability, first.difficulty) == (fresh.stability, fresh.difficulty)
    assert (first.state, first.step, first.due_ms) == (fresh.state, fresh.step, fresh.due_ms)


def test_the_review_after_a_reset_comes_after_it_by_clock_and_by_day() -> None:
    _, rows = two_reviews()
    reset = EXACT.state_from_log([*rows, special(LogKind.RESET, 5)], 1)
    back = EXACT.review(reset, GOOD, now_ms=NOW, today=DAY, card_key=1)
    assert (back.at_ms, back.study_day) == (NOW + 5 * DAY_MS + 1, DAY + timedelta(days=5))


def test_set_due_moves_the_due_and_nothing_else() -> None:
    card, rows = two_reviews()
    moved = special(LogKind.SET_DUE, 5, state=REVIEW, due_day=DAY + timedelta(days=40))
    then = EXACT.state_from_log([*rows, moved], 1)
    assert then == replace(card, due_day=DAY + timedelta(days=40), last_ms=moved.id)


def test_elapsed_days_go_on_counting_from_the_last_review_when_the_due_was_set() -> None:
    card, rows = two_reviews()
    moved = special(LogKind.SET_DUE, 15, state=REVIEW, due_day=DAY + timedelta(days=20))
    then = EXACT.state_from_log([*rows, moved], 1)
    assert EXACT.retrievability(then, DAY + timedelta(days=20)) == EXACT.retrievability(card, DAY + timedelta(days=20))
    with_move, without = answer(then, GOOD, 20).schedule, answer(card, GOOD, 20).schedule
    assert (with_move.stability, with_move.difficulty) == (without.stability, without.difficulty)


def test_a_card_given_a_due_before_any_review_is_due_then_and_starts_like_a_new_one() -> None:
    moved = special(LogKind.SET_DUE, 0, state=REVIEW, due_day=DAY + timedelta(days=7))
    card = EXACT.state_from_log([moved], 1)
    assert (card.state, card.due_day, card.stability, card.last_day) == (REVIEW, DAY + timedelta(days=7), None, DAY)
    assert EXACT.retrievability(card, DAY) is None
    passed, fresh = answer(card, GOOD, 7).schedule, answer(Schedule(), GOOD, 7).schedule
    assert (passed.stability, passed.difficulty) == (fresh.stability, fresh.difficulty)
    assert passed.state == REVIEW


def test_state_step_and_due_are_those_of_the_last_row_and_the_memory_is_replayed() -> None:
    """An imported row has no memory of its own, and its due is Anki's."""
    _, rows = two_reviews()
    imported = LogRow(
        id=NOW + 12 * DAY_MS,
        card_key=1,
        kind=LogKind.REVIEW,
        study_day=DAY + timedelta(days=12),
        state=REVIEW,
        rating=HARD,
        due_day=DAY + timedelta(days=19),
        origin="anki",
    )
    then = EXACT.state_from_log([*rows, imported], 1)
    here = answer(EXACT.state_from_log(rows, 1), HARD, 12).schedule
    assert (then.stability, then.difficulty) == (here.stability, here.difficulty)
    assert (then.state, then.step, then.due_day) == (REVIEW, None, DAY + timedelta(days=19))
    assert (then.last_ms, then.reviews) == (imported.id, 4)


def test_replay_runs_on_the_running_maximum_of_study_days() -> None:
    _, rows = two_reviews()
    earlier = replace(rows[-1], id=rows[-1].id + DAY_MS, study_day=DAY - timedelta(days=30))
    level = replace(earlier, study_day=rows[-1].study_day)
    assert EXACT.state_from_log([*rows, earlier], 1) == EXACT.state_from_log([*rows, level], 1)
    reset = replace(special(LogKind.RESET, 5), study_day=DAY - timedelta(days=30))
    assert EXACT.state_from_log([*rows, reset], 1).last_day == rows[-1].study_day


def test_replay_uses_todays_parameters_and_keeps_the_due_that_was_given() -> None:
    card, rows = two_reviews()
    parameters = list(SchedulerSettings().parameters)
    parameters[3] *= 1.5
    other = Scheduler(SchedulerSettings(parameters=tuple(parameters), fuzz=False)).state_from_log(rows, 1)
    assert not math.isclose(other.stability or 0, card.stability or 0)
    assert (other.state, other.due_day) == (card.state, card.due_day)


def test_a_nudged_row_id_is_the_cards_last_time() -> None:
    outcome = answer(Schedule(), GOOD)
    row = row_of(outcome, row_id=outcome.at_ms + 3)
    assert EXACT.state_from_log([row], 1) == replace(outcome.schedule, last_ms=outcome.at_ms + 3)


def test_no_rows_give_a_new_card() -> None:
    assert EXACT.state_from_log([], 1) == Schedule()
