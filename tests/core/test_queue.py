"""Which cards a session takes, and in which order."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.card_names import is_attribution
from quizkorea.core.queue import LEARN_AHEAD_MS, Allowance, Candidate, SiblingFilter, build_plan, spread

PLENTY = Allowance(new=1_000, reviews=1_000)


def review(key: int, elapsed: int = 10, stability: float = 10.0, note: str = "", part: str = "main") -> Candidate:
    return Candidate(key, note or f"d/r{key}", part, elapsed_days=elapsed, stability=stability)


def new(key: int, note: str = "", part: str = "main") -> Candidate:
    return Candidate(key, note or f"d/n{key}", part)


def learning(key: int, due_ms: int, note: str = "") -> Candidate:
    return Candidate(key, note or f"d/l{key}", "main", due_ms=due_ms)


def keys(candidates: tuple[Candidate, ...]) -> list[int]:
    return [candidate.key for candidate in candidates]


def test_reviews_come_by_elapsed_days_over_stability_the_likeliest_forgotten_first() -> None:
    reviews = [review(1, 10, 10.0), review(2, 30, 10.0), review(3, 30, 100.0), review(4, 1, 0.2), review(5, 0, 5.0)]
    assert keys(build_plan([], reviews, [], PLENTY, []).main) == [4, 2, 1, 3, 5]


def test_equal_need_is_settled_by_the_card_key() -> None:
    reviews = [review(3, 20, 20.0), review(1, 5, 5.0), review(2, 10, 10.0)]
    assert keys(build_plan([], reviews, [], PLENTY, []).main) == [1, 2, 3]


def test_a_review_without_stability_comes_first() -> None:
    assert keys(build_plan([], [review(1, 100, 1.0), review(2, 1, 0.0)], [], PLENTY, []).main) == [2, 1]


def test_learning_cards_stand_apart_in_the_order_in_which_they_are_due() -> None:
    plan = build_plan([learning(1, 500), learning(2, 100), learning(3, 100)], [review(9)], [], PLENTY, [])
    assert keys(plan.learning) == [2, 3, 1]
    assert keys(plan.main) == [9]


@pytest.mark.parametrize(
    ("reviews", "fresh", "order"),
    [
        (0, 0, ""),
        (3, 0, "rrr"),
        (0, 3, "nnn"),
        (1, 1, "rn"),
        (2, 1, "rnr"),
        (4, 2, "rnrrnr"),
        (6, 2, "rrnrrnrr"),
        (1, 3, "nrnn"),
    ],
)
def test_new_cards_are_spread_among_the_reviews(reviews: int, fresh: int, order: str) -> None:
    mixed = spread([review(key) for key in range(reviews)], [new(100 + key) for key in range(fresh)])
    assert "".join("r" if candidate.key < 100 else "n" for candidate in mixed) == order


@given(st.integers(0, 60), st.integers(0, 60))
def test_spreading_keeps_each_order_and_never_bunches(reviews: int, fresh: int) -> None:
    mixed = keys(spread([review(key) for key in range(reviews)], [new(1_000 + key) for key in range(fresh)]))
    assert [key for key in mixed if key < 1_000] == list(range(reviews))
    assert [key for key in mixed if key >= 1_000] == list(range(1_000, 1_000 + fresh))
    for count in range(1, len(mixed) + 1):
        shown = sum(key >= 1_000 for key in mixed[:count])
        assert abs(shown - count * fresh / (reviews + fresh)) <= 1.5


@pytest.mark.parametrize(
    ("allowance", "reviews", "fresh"),
    [
        (Allowance(new=2, reviews=3), [1, 2, 3], [11, 12]),
        (Allowance(new=0, reviews=3), [1, 2, 3], []),
        (Allowance(new=2, reviews=0), [], [11, 12]),
        (Allowance(new=0, reviews=0), [], []),
        (Allowance(new=9, reviews=9), [1, 2, 3, 4, 5], [11, 12, 13]),
    ],
)
def test_caps_let_through_the_first_of_each_kind(allowance: Allowance, reviews: list[int], fresh: list[int]) -> None:
    due = [review(key, elapsed=100 - key) for key in (5, 3, 1, 4, 2)]
    plan = build_plan([], due, [new(11), new(12), new(13)], allowance, [])
    assert (keys(plan.reviews), keys(plan.new)) == (reviews, fresh)
    assert Counter(keys(plan.main)) == Counter(reviews + fresh)


def test_caps_do_not_hold_back_learning_cards() -> None:
    plan = build_plan([learning(1, 0), learning(2, 0)], [], [], Allowance(0, 0), [])
    assert keys(plan.learning) == [1, 2]


def test_new_cards_are_read_only_as_far_as_the_cap_goes() -> None:
    read: list[int] = []

    def course() -> object:
        for key in range(1_000):
            read.append(key)
            yield new(key)

    plan = build_plan([], [], course(), Allowance(new=3, reviews=0), [])  # type: ignore[arg-type]
    assert keys(plan.new) == [0, 1, 2]
    assert read == [0, 1, 2]


def test_a_sibling_that_waits_takes_no_place_under_the_cap() -> None:
    fresh = [new(1, "d/a", "c1"), new(2, "d/a", "c2"), new(3, "d/b", "c1")]
    assert keys(build_plan([], [], fresh, Allowance(new=2, reviews=0), []).new) == [1, 3]


@pytest.mark.parametrize(
    ("waiting", "answered", "on_step", "admitted"),
    [
        ([("d/a", "c1"), ("d/a", "c2")], [], [], [0]),
        ([("d/a", "main"), ("d/b", "main")], [], [], [0, 1]),
        ([("d/a", "c2")], [("d/a", "c1")], [], []),
        ([("d/a", "c1")], [("d/a", "c1")], [], [0]),  # the card itself is no sibling
        ([("d/a", "reverse")], [], ["d/a"], []),  # its main card is on a learning step
        ([("d/a", "attribution-x"), ("d/a", "attribution-y")], [], [], [0, 1]),
        ([("d/a", "attribution-x")], [("d/a", "attribution-y")], [], [0]),
        ([("d/a", "main"), ("d/a", "attribution-x")], [], [], [0]),
        ([("d/a", "attribution-x"), ("d/a", "main")], [], [], [0]),
        ([("d/a", "attribution-x")], [("d/a", "main")], [], []),
        ([("d/a", "attribution-x")], [("d/a", "main"), ("d/a", "attribution-y")], [], []),
        ([("e/a", "main")], [("d/a", "main")], [], [0]),
    ],
)
def test_siblings_wait_until_tomorrow_but_attribution_cards_do_not_keep_one_another_back(
    waiting: list[tuple[str, str]], answered: list[tuple[str, str]], on_step: list[str], admitted: list[int]
) -> None:
    steps = [learning(100 + at, 0, note) for at, note in enumerate(on_step)]
    reviews = [review(at, 100 - at, 10.0, note, part) for at, (note, part) in enumerate(waiting)]
    fresh = [new(at, note, part) for at, (note, part) in enumerate(waiting)]
    assert keys(build_plan(steps, reviews, [], PLENTY, answered).main) == admitted
    assert keys(build_plan(steps, [], fresh, PLENTY, answered).main) == admitted


def test_a_new_card_waits_for_its_sibling_among_the_reviews() -> None:
    plan = build_plan([], [review(1, note="d/a")], [new(2, "d/a", "reverse"), new(3)], PLENTY, [])
    assert (keys(plan.reviews), keys(plan.new)) == ([1], [3])


NAMES = st.tuples(
    st.sampled_from(["d/a", "d/b", "d/c"]), st.sampled_from(["main", "c1", "attribution-x", "attribution-y"])
)


@given(st.lists(NAMES, max_size=12), st.integers(0, 12))
def test_no_two_siblings_are_ever_planned_for_one_day(names: list[tuple[str, str]], seed: int) -> None:
    fresh = [new(at, note, part) for at, (note, part) in enumerate(dict.fromkeys(names))]
    due = [fresh.pop() for _ in range(min(seed, len(fresh)))]
    plan = build_plan([], due, fresh, PLENTY, [])
    for note in {candidate.note_name for candidate in plan.main}:
        parts = [candidate.part for candidate in plan.main if candidate.note_name == note]
        assert len(parts) == 1 or all(is_attribution(part) for part in parts)


@given(st.integers(0, 1_000))
def test_the_same_cards_give_the_same_plan_in_whatever_order_they_are_read(seed: int) -> None:
    rng = random.Random(seed)
    reviews = [review(key, rng.randint(0, 3), rng.choice([0.5, 1.0, 2.0])) for key in range(20)]
    steps = [learning(100 + key, rng.randint(0, 3)) for key in range(5)]
    fresh = [new(200 + key) for key in range(8)]
    plan = build_plan(steps, reviews, fresh, Allowance(5, 9), [])
    rng.shuffle(reviews)
    rng.shuffle(steps)
    assert build_plan(steps, reviews, fresh, Allowance(5, 9), []) == plan


def test_a_filter_is_filled_from_the_cards_answered_today() -> None:
    siblings = SiblingFilter([("d/a", "c1")])
    assert not siblings.admits("d/a", "c2")
    assert siblings.admits("d/b", "c2")
    siblings.add("d/b", "c1")
    assert not siblings.admits("d/b", "c2")


def test_cards_are_learned_ahead_by_twenty_minutes() -> None:
    assert LEARN_AHEAD_MS == 20 * 60 * 1000
