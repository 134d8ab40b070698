"""What is due: the totals are exactly what a session would hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from builders import Desk, facts, rate, two_way
from quizkorea.core.schedule import Rating


def in_a_session(desk: Desk) -> int:
    """Different cards that a session over everything shows today."""
    with desk.trainer() as trainer:
        session = trainer.study()
        return len({shown.name for shown in iter(session.next, None)})


@pytest.mark.parametrize("seed", range(3))
def test_the_total_is_what_a_session_holds(make_desk: Callable[..., Desk], seed: int) -> None:
    desk, random = make_desk(new_per_day=7, reviews_per_day=9), Random(seed)
    desk.write("d", *facts(12), two_way("w"), head="order: 2\n")
    desk.write("e", *[two_way(f"t{number}") for number in range(8)], head="order: 1\n")
    for _ in range(12):
        with desk.trainer() as trainer:
            assert trainer.overview().due == in_a_session(desk)
            session = trainer.study()
            for _ in range(random.randint(0, 12)):
                if session.next() is None:
                    break
                rate(session, random.choice(list(Rating)))
                desk.hand.forward(seconds=20)
            assert trainer.overview().due == in_a_session(desk)
        desk.hand.forward(hours=random.randint(1, 60))


def test_a_deck_alone_counts_what_a_session_on_it_would_hold(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(new_per_day=5)
    desk.write("d", *facts(4))
    desk.write("e", *facts(9))
    overview = desk.trainer().overview()
    assert [(deck.slug, deck.new) for deck in overview.decks] == [("d", 4), ("e", 5)]
    assert overview.new == 5


def test_seen_and_suspended_are_counted(desk: Desk) -> None:
    desk.write("d", *facts(4))
    trainer = desk.trainer()
    session = trainer.study()
    session.next()
    rate(session, Rating.EASY)
    session.next()
    session.suspend()
    (deck,) = trainer.overview().decks
    assert (deck.cards, deck.seen, deck.suspended, deck.new) == (4, 1, 1, 2)
    assert trainer.overview().answered_today == 1


def test_what_a_cap_keeps_back_is_due_tomorrow(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(new_per_day=2, reviews_per_day=1)
    desk.write("d", *facts(3))
    desk.rate_all(Rating.EASY)
    tomorrow = desk.trainer().today + timedelta(days=1)
    assert desk.trainer().overview().next_due == tomorrow
    desk.hand.forward(days=60)
    desk.rate_all(Rating.EASY)
    assert desk.trainer().overview().next_due == desk.trainer().today + timedelta(days=1)


def test_undone_answers_do_not_count(desk: Desk) -> None:
    desk.write("d", *facts(4))
    trainer = desk.trainer()
    session = trainer.study()
    session.next()
    rate(session, Rating.EASY)
    session.undo()
    overview = trainer.overview()
    assert (overview.answered_today, overview.new, overview.decks[0].seen) == (0, 4, 0)
