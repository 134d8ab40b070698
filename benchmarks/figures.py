"""What a run finds: figures with their goals, and whether the goals hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Against(StrEnum):
    """What our figure is divided by."""

    PEER = "peer"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Goal:
    """Ours divided by peer or floor is to be at most this."""

    against: Against
    most: float
    is_aim: bool = False
    """An aim is where the program wants to get to; missing it is no fault."""

    @property
    def words(self) -> str:
        """The goal as the table says it."""
        return f"{'aim ' if self.is_aim else ''}≤ {self.most:g}x {self.against}"


def peer_goal(most: float) -> Goal:
    """A goal against the peer."""
    return Goal(Against.PEER, most)


def floor_goal(most: float) -> Goal:
    """A goal against the floor."""
    return Goal(Against.FLOOR, most)


def peer_aim(most: float) -> Goal:
    """An aim against the peer."""
    return Goal(Against.PEER, most, is_aim=True)


def floor_aim(most: float) -> Goal:
    """An aim against the floor."""
    return Goal(Against.FLOOR, most, is_aim=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: the same thing done by us, by the peer and by the floor. None: not measured."""

    what: str
    ours: float | None
    peer: float | None = None
    floor: float | None = None
    goals: Sequence[Goal] = ()
    unit: str = "ms"

    def ratio(self, against: Against) -> float | None:
        """Ours divided by the other; None when one of them is missing."""
        other = self.peer if against is Against.PEER else self.floor
        return None if self.ours is None or not other else self.ours / other

    @property
    def verdict(self) -> str:
        """Whether the goals hold, in words."""
        if not self.goals:
            return "no goal"
        if len(self.goals) == 1:
            return self._judged(self.goals[0])
        return "; ".join(f"{goal.words.removeprefix('aim ')}: {self._judged(goal)}" for goal in self.goals)

    def _judged(self, goal: Goal) -> str:
        ratio = self.ratio(goal.against)
        if ratio is None:
            return "not measured"
        if ratio <= goal.most:
            return "reached" if goal.is_aim else "holds"
        return "not reached" if goal.is_aim else "MISSED"


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one section, and who the peer and the floor are."""

    name: str
    peer: str
    floor: str
    figures: Sequence[Figure]
    notes: Sequence[str] = field(default=())
    """What was seen on the way and belongs beside the figures."""
