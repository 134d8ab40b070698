"""What is due today and over which slice of the course: the values that counting needs, and no more.

What is on the way of a cold `due` is a NamedTuple: it is made five times as fast as a frozen dataclass, and making
classes was a quarter of that command.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Selection(NamedTuple):
    """A slice of the course: nothing named means all of it."""

    decks: tuple[str, ...] = ()
    tag: str | None = None
    type: str | None = None


class DeckOverview(NamedTuple):
    """A deck on the home screen: what a session on it alone would hold, and how far the learner has come."""

    slug: str
    title: str
    summary: str
    new: int
    learning: int
    review: int
    cards: int
    seen: int
    suspended: int
    problem: str | None
    """Why its last good content is used, when its file is in error today."""

    @property
    def due(self) -> int:
        """Cards to study today."""
        return self.new + self.learning + self.review


class Overview(NamedTuple):
    """Today over all loaded decks. The totals are what a session over everything would hold."""

    study_day: date
    decks: tuple[DeckOverview, ...]
    new: int
    learning: int
    review: int
    answered_today: int
    next_due: date | None
    """The next study day after today on which there is something to study."""

    @property
    def due(self) -> int:
        """Cards to study today."""
        return self.new + self.learning + self.review


class LoadReport(NamedTuple):
    """What loading the decks found; one line each, for people."""

    problems: tuple[str, ...] = ()
    """Decks in error or without content."""
    shadowed: tuple[str, ...] = ()
    """Decks that an earlier folder also has."""
