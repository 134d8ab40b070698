"""How large a run is."""

from __future__ import annotations

from dataclasses import dataclass

DECKS = 50
"""Decks of the stores of `step`, `due` and `counts`."""
DUE = 300
"""Reviews that are due, where the store is large enough."""
DEAREST = 10_000
"""Cards for the sections that would take too long at the largest size."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes in cards, and how often each thing is done."""

    sizes: tuple[int, ...] = (1_000, 10_000, 100_000)
    steps: int = 1_080
    """Answers of each contender at each size: a p99 needs a thousand."""
    processes: int = 9
    """Runs of each whole process."""
    loads: int = 3
    """First loads and package imports."""
    countings: int = 25
    starts: int = 5
    """Starts of each program in a pseudo-terminal."""
    keys: int = 10
    """Ratings in each of those starts."""
    plain_answers: int = 100
    sittings: int = 2
    """Sittings of so many answers: two stay within a day's cap, and a peak hardly varies."""
    exports: int = 3
    reviews: int = 100_000
    """Rows of the log that is replayed."""

    @property
    def size(self) -> int:
        """Cards for the dearer sections."""
        return min(DEAREST, max(self.sizes))


def due_of(size: int) -> int:
    """Reviews that are due in a store of so many cards."""
    return min(DUE, size // 4)


def decks_of(size: int) -> int:
    """Deck files that so many notes give, when they are cut into `DECKS` equal parts."""
    share = -(-size // DECKS)
    return -(-size // share)


def tiny(cards: int = 60) -> Scale:
    """Everything, as little of it as makes sense: for tests."""
    return Scale(
        sizes=(cards,),
        steps=12,
        processes=1,
        loads=1,
        countings=2,
        starts=1,
        keys=2,
        plain_answers=5,
        sittings=1,
        exports=1,
        reviews=200,
    )
