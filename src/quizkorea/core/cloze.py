"""Cloze text: a sentence with gaps `{{c1::answer::hint}}` (DESIGN §3).

The first `}}` ends a gap, always: an answer cannot hold `}}`, and a formula such as `{{c1::x^{2}}}` must be written
with a space between its own brace and the gap's. Gaps that share a number are asked together, on one card.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizkorea.core.errors import QuizKoreaError

MAX_GAP_NUMBER = 499
_OPEN = "{{"
_CLOSE = "}}"
_HEAD = re.compile(r"\{\{c([0-9]+)::")
_BRACES = re.compile(r"\{\{|\}\}")
_EXAMPLE = "Write a gap as {{c1::answer}} or {{c1::answer::hint}}."


class ClozeError(QuizKoreaError):
    """A cloze text that is not well formed. `position` is the index of the fault in the text."""

    def __init__(self, position: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.position = position


@dataclass(frozen=True, slots=True)
class ClozeGap:
    """One gap: its number, the answer that fills it, and the hint shown in its place (None: no hint)."""

    number: int
    answer: str
    hint: str | None = None


def parse_cloze(text: str) -> tuple[str | ClozeGap, ...]:
    """The text cut into plain pieces and gaps, in order; no piece is empty. Raises ClozeError at the first fault."""
    pieces: list[str | ClozeGap] = []
    done = 0
    while (brace := _BRACES.search(text, done)) is not None:
        start = brace.start()
        if brace.group() == _CLOSE:
            raise ClozeError(start, "'}}' closes no gap", "A gap ends at its first '}}'; a brace too many?")
        if start > done:
            pieces.append(text[done:start])
        gap, done = _gap_at(text, start)
        pieces.append(gap)
    if done < len(text):
        pieces.append(text[done:])
    return tuple(pieces)


def gap_numbers(text: str) -> tuple[int, ...]:
    """The gap numbers of a text, ascending, each once. Raises ClozeError."""
    return tuple(sorted({piece.number for piece in parse_cloze(text) if isinstance(piece, ClozeGap)}))


def _gap_at(text: str, start: int) -> tuple[ClozeGap, int]:
    """The gap that begins at `start`, and where the text goes on after it."""
    head = _HEAD.match(text, start)
    if head is None:
        raise ClozeError(start, "'{{' begins no gap", _EXAMPLE)
    end = text.find(_CLOSE, head.end())
    nested = text.find(_OPEN, head.end(), end if end >= 0 else len(text))
    if nested >= 0:
        raise ClozeError(
            nested, "a gap stands inside another gap", "End the first gap with '}}' before the next begins."
        )
    if end < 0:
        raise ClozeError(start, "this gap is never closed", "End it with '}}'.")
    number = _number(head, start)
    answer, _, hint = text[head.end() : end].partition("::")
    if not answer.strip():
        raise ClozeError(start, f"gap c{number} has no answer", _EXAMPLE)
    return ClozeGap(number, answer.strip(), hint.strip() or None), end + len(_CLOSE)


def _number(head: re.Match[str], start: int) -> int:
    """The number in a gap's head, which must be 1 to 499."""
    digits = head.group(1).lstrip("0")
    if not digits or len(digits) > 3 or int(digits) > MAX_GAP_NUMBER:
        message = f"gap number {head.group(1)[:12]} is not in 1 to {MAX_GAP_NUMBER}"
        raise ClozeError(start, message, "Number the gaps c1, c2, c3 and so on.")
    return int(digits)
