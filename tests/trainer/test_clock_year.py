"""A year of study over a move to another zone, two clock changes and a clock set back."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from builders import Desk, facts, rate
from quizkorea.core.schedule import LogRow, Rating, State
from quizkorea.trainer.clock import clock_from
from quizkorea.trainer.facade import Trainer

NEW_YORK, SEOUL = ZoneInfo("America/New_York"), ZoneInfo("Asia/Seoul")
CAP = 3


def sit(desk: Desk, random: Random, frozen: bool = False) -> None:
    """One sitting: every card that comes, with ratings as a middling learner gives them.

    Frozen: at one moment, as `QUIZKOREA_NOW` names it with its zone.
    """
    trainer = desk.trainer()
    if frozen:
        moment = desk.hand.now.astimezone(desk.hand.zone).replace(tzinfo=None).isoformat(timespec="seconds")
        trainer.clock = clock_from(f"{moment}[{desk.hand.zone}]")
    session = trainer.study()
    while session.next() is not None:
        desk.hand.forward(seconds=random.randint(2, 40))
        rate(session, random.choices(list(Rating), weights=(12, 10, 65, 13))[0])
    trainer.close()


def a_year(desk: Desk, frozen: bool) -> list[LogRow]:
    random = Random(1950)
    # the American clocks go forward on 8 March 2026 and back on 1 November 2026
    desk.hand.zone, start = NEW_YORK, datetime(2026, 2, 1, 20, 0, tzinfo=NEW_YORK)
    for day in range(365):
        moment = start + timedelta(days=day, minutes=random.randint(-500, 500))
        if 120 <= day < 200:
            desk.hand.zone = SEOUL
        elif day >= 200:
            desk.hand.zone = NEW_YORK
        if day == 260:
            moment -= timedelta(days=3)  # the clock was set back, and is right again the next day
        desk.hand.now = moment.astimezone(UTC)
        for _ in range(random.choice((0, 1, 1, 2))):
            sit(desk, random, frozen)
    trainer = desk.trainer()
    keys = [row[0] for row in trainer.store.connection.execute("SELECT key FROM card ORDER BY key")]
    rows = [row for key in keys for row in trainer.store.log(key)]
    assert_states_follow_from_the_log(trainer, keys)
    return rows


def assert_states_follow_from_the_log(trainer: Trainer, keys: list[int]) -> None:
    for key in keys:
        card = trainer.store.card(key)
        assert card is not None
        assert trainer.scheduler.state_from_log(trainer.store.log(key), key) == card.schedule


@pytest.mark.parametrize("frozen", [False, True], ids=["a moving clock", "QUIZKOREA_NOW"])
def test_a_year_of_study_keeps_every_promise_of_the_clock(make_desk: object, frozen: bool) -> None:
    desk: Desk = make_desk(new_per_day=CAP)  # type: ignore[operator]
    desk.write("d", *facts(120))
    rows = a_year(desk, frozen)
    by_card: dict[int, list[LogRow]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        by_card.setdefault(row.card_key, []).append(row)
    assert len(rows) > 1_000
    for history in by_card.values():
        for earlier, later in pairwise(history):
            assert later.id > earlier.id
            assert later.study_day >= earlier.study_day
        for row in history:
            if row.state == State.REVIEW:
                assert row.due_day is not None
                assert row.due_day > row.study_day
            else:
                assert row.due_ms is not None
                assert row.due_ms > row.id
    started = Counter(history[0].study_day for history in by_card.values())
    assert max(started.values()) <= CAP
    assert sum(started.values()) == 120


def test_the_due_day_of_a_review_is_never_passed_over(make_desk: object) -> None:
    desk: Desk = make_desk(new_per_day=CAP)  # type: ignore[operator]
    desk.write("d", *facts(9))
    random = Random(25)
    desk.hand.zone = NEW_YORK
    studied_on: dict[int, set[date]] = {}
    for day in range(120):
        desk.hand.now = datetime(2026, 2, 20, 23, 30, tzinfo=NEW_YORK).astimezone(UTC) + timedelta(days=day)
        trainer = desk.trainer()
        today = trainer.today
        due = {card.key for card in trainer.store.reviews(today)}
        trainer.close()
        sit(desk, random)
        trainer = desk.trainer()
        for key in due:
            last = trainer.store.log(key)[-1]
            assert last.study_day == today
            studied_on.setdefault(key, set()).add(today)
        trainer.close()
    assert len(studied_on) == 9
