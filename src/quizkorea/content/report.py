"""What the readers find in one file, collected first and given its exact place afterwards.

Pass 1 keeps no places (that is what makes it fast), so a reader names a value by its path in the tree. Only a file with
findings is walked a second time (`places.py`), for the places that are wanted and no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from quizkorea.content import codes
from quizkorea.content.codes import Code
from quizkorea.content.findings import MAX_FINDINGS

TreePath = tuple[str | int, ...]
_LONGEST_ECHO = 60
_LONGEST_GUESS = 80


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the file, 0-based, the end exclusive; it may run over several lines."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding whose place is known (`region`) or is still to be looked up (`at`)."""

    code: Code
    message: str
    hint: str = ""
    region: Region | None = None
    at: TreePath = ()
    on_key: bool = False
    """The key is meant, not its value."""
    offset: int | None = None
    """Where in the value the fault stands, in characters of the value; None: the whole value."""
    value: str = ""
    """The value that `offset` counts in."""
    first: TreePath | None = None
    """The earlier entry that this one repeats; its line is added to the message."""
    first_on_key: bool = False


class Report:
    """The notices of one file, in the order found: `MAX_FINDINGS`, and then one that says so."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notices: list[Notice] = []

    @property
    def full(self) -> bool:
        """Whether more notices would be left out."""
        return len(self.notices) >= MAX_FINDINGS

    def add(self, notice: Notice) -> None:
        """Take a notice in. The last one says that no more are taken."""
        count = len(self.notices)
        if count < MAX_FINDINGS:
            self.notices.append(notice)
        if count == MAX_FINDINGS - 1:
            message = f"{MAX_FINDINGS} findings in one file; any others are left out"
            self.notices.append(Notice(codes.TOO_MANY_FINDINGS, message, "Mend these first.", Region(0, 0, 0, 1)))

    def at_value(self, code: Code, at: TreePath, message: str, hint: str = "") -> None:
        """A finding at a value."""
        self.add(Notice(code, message, hint, at=at))

    def at_key(self, code: Code, at: TreePath, message: str, hint: str = "") -> None:
        """A finding at the key of a value."""
        self.add(Notice(code, message, hint, at=at, on_key=True))

    def at_region(self, code: Code, region: Region, message: str, hint: str = "") -> None:
        """A finding where the parser stands."""
        self.add(Notice(code, message, hint, region))

    def guess(self, word: str, candidates: frozenset[str]) -> str | None:
        """The candidate that was probably meant, None if there is none like it."""
        if self.full:
            return None
        matches = get_close_matches(word[:_LONGEST_GUESS], sorted(candidates), n=1, cutoff=0.6)
        return matches[0] if matches else None

    def did_you_mean(self, word: str, candidates: frozenset[str], otherwise: str = "") -> str:
        """A hint that names the candidate that was probably meant."""
        guess = self.guess(word, candidates)
        return f"did you mean '{guess}'?" if guess else otherwise


def quoted(text: str) -> str:
    """A text of the author's in a message: in quotes, on one line, and not too long."""
    flat = " ".join(text.split())
    return f"'{flat}'" if len(flat) <= _LONGEST_ECHO else f"'{flat[: _LONGEST_ECHO - 1]}…'"


def listed(words: list[str] | tuple[str, ...], joint: str = "or") -> str:
    """`a, b or c`."""
    return f"{', '.join(words[:-1])} {joint} {words[-1]}" if len(words) > 1 else "".join(words)
