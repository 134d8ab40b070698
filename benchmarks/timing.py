"""Samples of several contenders, taken in turn."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

OURS, PEER, FLOOR = "ours", "peer", "floor"


class Samples:
    """Seconds, by the name of who took them."""

    def __init__(self) -> None:
        self._seconds: dict[str, list[float]] = {}

    def add(self, name: str, seconds: float) -> None:
        """Keep one sample."""
        self._seconds.setdefault(name, []).append(seconds)

    def time(self, name: str, call: Callable[[], Result]) -> Result:
        """Call and keep how long it took; the garbage of whoever came before is cleared away first."""
        gc.collect()
        start = time.perf_counter()
        result = call()
        self.add(name, time.perf_counter() - start)
        return result

    def count(self, name: str) -> int:
        """How many samples there are."""
        return len(self._seconds.get(name, ()))

    def p50_ms(self, name: str) -> float | None:
        """The median in milliseconds; None for a contender without samples."""
        return None if not self.count(name) else statistics.median(self._seconds[name]) * 1000

    def p99_ms(self, name: str) -> float | None:
        """The 99th percentile in milliseconds; None for a contender without samples."""
        if not self.count(name):
            return None
        ordered = sorted(self._seconds[name])
        return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))] * 1000
