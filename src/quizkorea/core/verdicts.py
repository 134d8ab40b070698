"""The verdict on a typed answer, and the rating that it proposes (DESIGN §5, §7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the machine says of a typed answer. It never says right by a similarity score."""

    RIGHT = "right"
    CLOSE = "close"
    PARTIAL = "partial"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its credit (0 to 1; partial answers have something between) and one line that says why."""

    verdict: Verdict
    message: str = ""
    credit: float = 0.0


def right(message: str = "") -> Judgement:
    return Judgement(Verdict.RIGHT, message, 1.0)


def close(message: str) -> Judgement:
    return Judgement(Verdict.CLOSE, message, 0.0)


def wrong(message: str = "") -> Judgement:
    return Judgement(Verdict.WRONG, message, 0.0)


def unreadable(message: str) -> Judgement:
    return Judgement(Verdict.UNREADABLE, message, 0.0)


def partial(credit: float, message: str) -> Judgement:
    return Judgement(Verdict.PARTIAL, message, credit)
