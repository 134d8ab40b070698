"""Repeatable shuffling and fuzz: numbers that look random but follow from what is given."""

from __future__ import annotations

_MASK = (1 << 64) - 1


def mixed(*seeds: int) -> int:
    """64 well-mixed bits from some integers (the finaliser of SplitMix64, applied for each seed)."""
    bits = 0
    for seed in seeds:
        bits = (bits + (seed & _MASK) + 0x9E3779B97F4A7C15) & _MASK
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & _MASK
        bits ^= bits >> 31
    return bits


def fraction(*seeds: int) -> float:
    """A number in [0, 1) that is the same for the same seeds."""
    return (mixed(*seeds) >> 11) / (1 << 53)


def shuffled(count: int, *seeds: int) -> tuple[int, ...]:
    """The numbers 0 to count-1 in an order that is the same for the same seeds (Fisher–Yates)."""
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        other = mixed(*seeds, last) % (last + 1)
        order[last], order[other] = order[other], order[last]
    return tuple(order)
