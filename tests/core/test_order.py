"""Shuffles and fractions follow from their seeds, today and in every later release."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.order import fraction, mixed, shuffled

SEEDS = st.lists(st.integers(-(2**70), 2**70), max_size=4)


@pytest.mark.parametrize(
    ("seeds", "bits"),
    [((), 0), ((0,), 16294208416658607535), ((1, 2), 13608149317741381227), ((2, 1), 16171810823986729605)],
)
def test_the_bits_of_given_seeds_never_change(seeds: tuple[int, ...], bits: int) -> None:
    assert mixed(*seeds) == bits


@pytest.mark.parametrize(
    ("count", "seeds", "order"),
    [
        (0, (1,), ()),
        (1, (1,), (0,)),
        (5, (1, 0), (2, 1, 3, 4, 0)),
        (5, (1, 1), (0, 1, 2, 4, 3)),
        (8, (1950,), (2, 0, 4, 7, 6, 3, 5, 1)),
    ],
)
def test_the_shuffle_of_given_seeds_never_changes(count: int, seeds: tuple[int, ...], order: tuple[int, ...]) -> None:
    assert shuffled(count, *seeds) == order


@given(SEEDS)
def test_a_fraction_lies_in_the_half_open_unit_interval_and_repeats(seeds: list[int]) -> None:
    assert 0 <= fraction(*seeds) < 1
    assert fraction(*seeds) == fraction(*seeds)


@given(st.integers(0, 30), SEEDS)
def test_a_shuffle_holds_every_number_once(count: int, seeds: list[int]) -> None:
    assert sorted(shuffled(count, *seeds)) == list(range(count))


def test_every_place_of_a_shuffle_is_about_as_likely() -> None:
    seen = Counter((place, item) for key in range(6_000) for place, item in enumerate(shuffled(6, key, 0)))
    assert len(seen) == 36
    assert all(850 < times < 1_150 for times in seen.values())


def test_fractions_of_consecutive_cards_are_spread_evenly() -> None:
    tenths = Counter(int(fraction(key, reviews) * 10) for key in range(1, 1_001) for reviews in range(10))
    assert all(850 < tenths[tenth] < 1_150 for tenth in range(10))
