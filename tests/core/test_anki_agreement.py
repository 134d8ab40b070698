"""The memory of a card is the one that Anki has of it: known histories by table, random ones by a real Anki.

Study days are compared through a zone in which Anki's own day turns at 04:00, wherever the tests run.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from quizkorea.core.schedule import LogKind, LogRow, Rating, Schedule, State
from quizkorea.core.scheduler import Scheduler
from quizkorea.core.study_day import DAY_MS, MINUTE_MS, instant_ms, study_day

SCHEDULER = Scheduler()
TOLERANCE = 1e-5
"""Relative. Anki computes with 32-bit floats; over 40,000 random histories the largest difference was 4.6e-6."""

History = Sequence[tuple[int, int]]
"""Milliseconds (UTC) and rating of each review."""

BEGIN = instant_ms(datetime(2025, 1, 1, 18, tzinfo=UTC))


def days_and_minutes(*reviews: tuple[float, int, int]) -> History:
    """Reviews at (days, minutes) after 18:00 UTC, each with its rating."""
    return [(BEGIN + round(days * DAY_MS) + minutes * MINUTE_MS, rating) for days, minutes, rating in reviews]


KNOWN = [
    (days_and_minutes((0, 0, 3), (0, 10, 3), (2, 0, 3), (13, 0, 3)), 46.3169, 2.0975),
    (days_and_minutes((0, 0, 4), (8, 0, 3), (40, 0, 2)), 98.2897, 4.0106),
    (
        days_and_minutes((0, 0, 1), (0, 1, 3), (0, 11, 3), (1, 0, 3), (5, 0, 1), (5, 10, 3), (7, 0, 3)),
        2.3173,
        8.7682,
    ),
    (days_and_minutes((0, 0, 3), (3, 0, 1), (4, 0, 3), (9, 0, 3), (30, 0, 4)), 48.3951, 6.4766),
    (
        days_and_minutes((0, 0, 2), (1, 0, 2), (4, 0, 2), (60, 0, 3), (61, 0, 1), (62, 0, 3), (200, 0, 3)),
        15.0703,
        9.2369,
    ),
    # an evening, ten minutes later, the next morning at 08:24, and at day 3.5
    (days_and_minutes((0, 0, 3), (0, 10, 3), (0, 14 * 60 + 24, 3), (3.5, 0, 3)), 19.8470, 2.0975),
]


def remembered(history: History, zone: tzinfo = UTC) -> Schedule:
    """The schedule after a history, each review given on its study day."""
    schedule = Schedule()
    for now_ms, rating in history:
        today = study_day(now_ms, zone)
        schedule = SCHEDULER.review(schedule, Rating(rating), now_ms=now_ms, today=today, card_key=1).schedule
    return schedule


@pytest.mark.parametrize(("history", "stability", "difficulty"), KNOWN)
def test_a_known_history_gives_ankis_stability_and_difficulty_to_four_decimals(
    history: History, stability: float, difficulty: float
) -> None:
    schedule = remembered(history)
    assert schedule.stability == pytest.approx(stability, abs=0.00005)
    assert schedule.difficulty == pytest.approx(difficulty, abs=0.00005)


def test_an_evening_and_the_next_morning_are_two_study_days() -> None:
    history = KNOWN[-1][0]
    days = [study_day(now_ms, UTC) for now_ms, _ in history]
    assert days == [date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 5)]


class RealAnki:
    """A fresh collection with FSRS on, which tells what memory a history leaves."""

    def __init__(self, collection: Any) -> None:
        self.collection = collection
        collection.set_config("fsrs", True)
        self.day_end_ms = collection.sched.day_cutoff * 1000
        self.zone = timezone(timedelta(hours=4) - timedelta(milliseconds=self.day_end_ms % DAY_MS))

    def new_card(self) -> int:
        note = self.collection.new_note(self.collection.models.by_name("Basic"))
        note["Front"] = "?"
        self.collection.add_note(note, self.collection.decks.id("Default"))
        card_id: int = note.card_ids()[0]
        return card_id

    def write(self, card_id: int, history: History, is_new: bool = True) -> None:
        """Log rows as Anki itself writes them: a new card's first is of kind learning, the others of kind review."""
        row = "INSERT INTO revlog VALUES (?, ?, -1, ?, 1, 1, 2500, 1000, ?)"
        rows = [(now_ms, card_id, rating, int(at > 0 or not is_new)) for at, (now_ms, rating) in enumerate(history)]
        self.collection.db.executemany(row, rows)

    def memory(self, history: History) -> tuple[float, float]:
        """Stability and difficulty as the engine computes them, not rounded as on the card."""
        card_id = self.new_card()
        self.write(card_id, history)
        return self.memory_of(card_id)

    def memory_of(self, card_id: int) -> tuple[float, float]:
        state = self.collection.compute_memory_state(card_id)
        return state.stability, state.difficulty


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[RealAnki]:
    module = pytest.importorskip("anki.collection", reason="the anki package has no wheel for this platform")
    collection = module.Collection(str(tmp_path / "collection.anki2"))
    yield RealAnki(collection)
    collection.close()


def random_history(rng: random.Random, number: int, day_end_ms: int) -> History:
    """2 to 12 reviews up to yesterday, 0 to 120 study days apart, sometimes several a day, each at its own time."""
    count = rng.randint(2, 12)
    days = [0]
    while len(days) < count:
        days.append(days[-1] + (0 if rng.random() < 0.3 else rng.randint(0, 120)))
    seconds = {(day - days[-1] - 2) * 86_400 + rng.randrange(86_400) for day in days}
    return [(day_end_ms + second * 1000 + number, rng.randint(1, 4)) for second in sorted(seconds)]


def relative_difference(anki: RealAnki, history: History) -> float:
    schedule = remembered(history, anki.zone)
    assert schedule.stability is not None
    assert schedule.difficulty is not None
    stability, difficulty = anki.memory(history)
    return max(abs(stability / schedule.stability - 1), abs(difficulty / schedule.difficulty - 1))


def test_two_hundred_random_histories_leave_the_memory_that_anki_has(anki: RealAnki) -> None:
    rng = random.Random(19500625)
    histories = [random_history(rng, number, anki.day_end_ms) for number in range(200)]
    days = [[study_day(now_ms, anki.zone) for now_ms, _ in history] for history in histories]
    gaps = [later - earlier for some in days for earlier, later in pairwise(some)]
    assert sum(gap == timedelta(0) for gap in gaps) > 200
    assert max(gaps) > timedelta(days=100)
    differences = {number: relative_difference(anki, history) for number, history in enumerate(histories)}
    assert {number: found for number, found in differences.items() if found > TOLERANCE} == {}


@pytest.mark.parametrize(("history", "stability", "difficulty"), KNOWN)
def test_the_table_of_known_histories_is_still_ankis(
    anki: RealAnki, history: History, stability: float, difficulty: float
) -> None:
    shift = -(-history[-1][0] // DAY_MS) * DAY_MS + DAY_MS - anki.day_end_ms // DAY_MS * DAY_MS
    offset = anki.day_end_ms % DAY_MS - 4 * 60 * MINUTE_MS  # the table's day turns at 04:00 UTC
    moved = [(now_ms - shift + offset, rating) for now_ms, rating in history]
    assert anki.memory(moved) == pytest.approx((stability, difficulty), abs=0.00005)
    assert relative_difference(anki, [(now_ms + 1, rating) for now_ms, rating in moved]) <= TOLERANCE


@pytest.mark.parametrize("rating", [1, 2, 4])
def test_floor_and_ceiling_of_memory_are_ankis(anki: RealAnki, rating: int) -> None:
    gap = {1: 1, 2: 30, 4: 700}[rating]
    history = [(anki.day_end_ms - (40 - at) * gap * DAY_MS - DAY_MS // 2, rating) for at in range(1, 40)]
    assert relative_difference(anki, history) <= TOLERANCE


def log_of(history: History, zone: tzinfo) -> list[LogRow]:
    """The log rows that a history leaves here."""
    rows: list[LogRow] = []
    for now_ms, rating in history:
        schedule, today = SCHEDULER.state_from_log(rows, 1), study_day(now_ms, zone)
        outcome = SCHEDULER.review(schedule, Rating(rating), now_ms=now_ms, today=today, card_key=1)
        then = outcome.schedule
        row = LogRow(outcome.at_ms, 1, LogKind.REVIEW, outcome.study_day, then.state, outcome.rating, step=then.step)
        rows.append(row)
    return rows


@pytest.mark.parametrize("kind", [LogKind.SET_DUE, LogKind.RESET])
def test_a_changed_due_date_keeps_the_memory_and_a_reset_ends_it_as_in_anki(anki: RealAnki, kind: LogKind) -> None:
    noon = anki.day_end_ms - DAY_MS // 2
    history = [(noon - days * DAY_MS, rating) for days, rating in ((60, 4), (50, 3), (10, 3))]
    card_id = anki.new_card()
    anki.write(card_id, history)
    scheduler = anki.collection.sched
    if kind == LogKind.SET_DUE:
        scheduler.set_due_date([card_id], "20!")
    else:
        scheduler.schedule_cards_as_new([card_id])
    changed_ms: int = anki.collection.db.scalar("SELECT max(id) FROM revlog WHERE cid = ?", card_id)
    assert changed_ms > history[-1][0]
    last = (changed_ms + 1, 3)
    anki.write(card_id, [last], is_new=kind == LogKind.RESET)

    rows, day = log_of(history, anki.zone), study_day(changed_ms, anki.zone)
    if kind == LogKind.SET_DUE:
        rows.append(LogRow(changed_ms, 1, kind, day, State.REVIEW, due_day=day + timedelta(days=20)))
    else:
        rows.append(LogRow(changed_ms, 1, kind, day, State.NEW))
    then = SCHEDULER.review(
        SCHEDULER.state_from_log(rows, 1), Rating.GOOD, now_ms=last[0], today=study_day(last[0], anki.zone), card_key=1
    ).schedule
    assert anki.memory_of(card_id) == pytest.approx((then.stability, then.difficulty), rel=TOLERANCE)
    fresh = SCHEDULER.review(Schedule(), Rating.GOOD, now_ms=last[0], today=day, card_key=1).schedule
    assert (then.stability == fresh.stability) is (kind == LogKind.RESET)
