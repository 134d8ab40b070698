"""A session as a state machine: what comes next, what ends it, and what undo takes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.schedule import Rating
from quizkorea.core.session import Action, ActionKind, Limits, SessionQueue

MINUTE = 60_000
NOW = 1_000_000_000


def queue(*main: int, learning: dict[int, int] | None = None, limits: Limits | None = None) -> SessionQueue:
    """A session that begins with some cards; learning cards are due some minutes from now."""
    session = SessionQueue(limits=limits or Limits())
    session.refill(main, [(key, NOW + minutes * MINUTE) for key, minutes in (learning or {}).items()])
    return session


def answer(key: int, row: int = 0, rating: Rating = Rating.GOOD) -> Action:
    return Action(ActionKind.ANSWER, key, row, rating)


def take_all(session: SessionQueue, now_ms: int = NOW) -> list[int]:
    taken = []
    while (key := session.next_key(now_ms, 0)) is not None:
        taken.append(key)
    return taken


@pytest.mark.parametrize(
    ("main", "learning", "order"),
    [
        ([], {}, []),
        ([1, 2, 3], {}, [1, 2, 3]),
        ([1, 2], {7: 0, 8: -5}, [8, 7, 1, 2]),  # learning cards that are due come first, the longest due before
        ([1, 2], {7: 1}, [1, 2, 7]),  # not due yet: only when nothing else is left
        ([1], {7: 20, 8: 19}, [1, 8, 7]),
        ([1], {7: 21}, [1]),  # more than twenty minutes ahead
        ([], {8: 5, 7: 5}, [7, 8]),
    ],
)
def test_learning_cards_come_when_due_and_up_to_twenty_minutes_early_when_nothing_else_is_left(
    main: list[int], learning: dict[int, int], order: list[int]
) -> None:
    assert take_all(queue(*main, learning=learning)) == order


def test_twenty_minutes_ahead_are_exact_to_the_millisecond() -> None:
    session = queue(learning={7: 20})
    assert session.next_key(NOW - 1, 0) is None
    assert session.next_key(NOW, 0) == 7


def test_a_card_put_on_a_step_comes_again_when_it_is_due() -> None:
    session = queue(1, 2, 3)
    assert session.next_key(NOW, 0) == 1
    session.done(answer(1, rating=Rating.AGAIN), NOW + MINUTE)
    assert session.next_key(NOW, 0) == 2
    session.done(answer(2))
    assert session.next_key(NOW + MINUTE, 0) == 1
    session.done(answer(1))
    assert session.next_key(NOW + MINUTE, 0) == 3


def test_a_session_without_cards_left_tells_when_the_next_step_is_due() -> None:
    session = queue(learning={7: 45, 8: 30})
    assert session.next_key(NOW, 0) is None
    assert session.next_learning_ms() == NOW + 30 * MINUTE
    assert queue().next_learning_ms() is None


def test_a_limit_of_cards_counts_answers_and_nothing_else() -> None:
    session = queue(1, 2, 3, 4, limits=Limits(cards=2))
    assert session.next_key(NOW, 0) == 1
    session.done(Action(ActionKind.BURY, 1, 5))
    assert session.next_key(NOW, 0) == 2
    session.done(answer(2))
    assert session.next_key(NOW, 0) == 3
    session.done(answer(3))
    assert session.is_limited(0)
    assert session.next_key(NOW, 0) is None
    session.take_back()
    assert session.next_key(NOW, 0) == 4


@pytest.mark.parametrize(
    ("limits", "elapsed_ms", "limited"),
    [
        (Limits(), 10**12, False),
        (Limits(minutes=5), 299_999, False),
        (Limits(minutes=5), 300_000, True),
        (Limits(minutes=0.5), 30_000, True),
        (Limits(cards=0), 0, True),
        (Limits(cards=1, minutes=5), 0, False),
    ],
)
def test_a_limit_of_minutes_ends_the_session(limits: Limits, elapsed_ms: int, limited: bool) -> None:
    session = queue(1, limits=limits)
    assert session.is_limited(elapsed_ms) is limited
    assert (session.next_key(NOW, elapsed_ms) is None) is limited


def test_the_card_on_screen_waits_behind_the_one_that_undo_brings_back() -> None:
    session = queue(1, 2, 3)
    assert session.next_key(NOW, 0) == 1
    session.done(answer(1))
    on_screen = session.next_key(NOW, 0)
    undone = session.take_back()
    assert undone is not None
    assert (on_screen, undone.key) == (2, 1)
    session.put_back(2)
    assert take_all(session) == [2, 3]


def test_what_is_taken_back_leaves_its_learning_step() -> None:
    session = queue(1, 2)
    session.next_key(NOW, 0)
    session.done(answer(1, rating=Rating.AGAIN), NOW + MINUTE)
    assert session.remaining == 2
    session.take_back()
    assert session.remaining == 1
    assert take_all(session, NOW + 60 * MINUTE) == [2]


def test_undo_goes_back_through_answers_and_marks_in_the_order_done() -> None:
    session = queue(1, 2, 3, 4)
    actions = [
        answer(1, 10),
        Action(ActionKind.FLAG, 2, 5),
        Action(ActionKind.SUSPEND, 2, 6),
        answer(3, 11, Rating.AGAIN),
        Action(ActionKind.BURY, 4, 7),
    ]
    for action in actions:
        session.done(action, NOW if action.rating == Rating.AGAIN else None)
    assert session.answered == 2
    assert [session.take_back() for _ in actions] == actions[::-1]
    assert session.take_back() is None
    assert session.answered == 0


def test_the_stack_survives_the_turn_of_the_day() -> None:
    session = queue(1, 2)
    session.next_key(NOW, 0)
    session.done(answer(1, 10))
    session.refill([5, 6], [(7, NOW)])
    assert session.remaining == 3
    undone = session.take_back()
    assert undone == answer(1, 10)
    assert take_all(session) == [7, 5, 6]


def test_a_new_plan_replaces_the_old_one() -> None:
    session = queue(1, 2, learning={7: 0})
    session.refill([2, 3], [(8, NOW)])
    assert take_all(session) == [8, 2, 3]


def test_a_card_brought_back_after_a_new_plan_is_not_asked_twice() -> None:
    session = queue(1, 2)
    session.next_key(NOW, 0)
    session.done(answer(1, 10), NOW + MINUTE)
    session.refill([1, 3], [])
    assert session.take_back() == answer(1, 10)
    assert take_all(session) == [3]


def test_a_dropped_card_waits_nowhere() -> None:
    session = queue(1, 2, learning={7: 0})
    for key in (1, 7, 99):
        session.drop(key)
    assert (session.remaining, take_all(session)) == (1, [2])


@given(
    st.lists(st.integers(1, 30), unique=True, max_size=10),
    st.dictionaries(st.integers(31, 60), st.integers(-30, 20), max_size=10),
)
def test_every_card_within_reach_comes_exactly_once(main: list[int], learning: dict[int, int]) -> None:
    session = queue(*main, learning=learning)
    taken = take_all(session)
    assert sorted(taken) == sorted([*main, *learning])
    assert [key for key in taken if key <= 30] == main
    assert session.remaining == 0
