"""A deck file's content as plain values: what pass 1 builds and the readers take apart."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias


class Refused(Enum):
    """The place of a value that pass 1 has already reported."""

    REFUSED = 0


REFUSED = Refused.REFUSED
Node: TypeAlias = "str | list[Node] | dict[str, Node] | Refused"


@dataclass(slots=True)
class Tree:
    """A file's content, as far as it could be read."""

    root: dict[str, Node] | None = None
    note_lines: list[int] = field(default_factory=list)
    """The 1-based line of each entry of `notes`."""
    whole: bool = False
    """False if reading stopped early: then only what stood before stands here."""


@contextmanager
def paused_gc() -> Iterator[None]:
    """The cyclic collector off: it would walk the growing tree again and again. Nothing here makes cycles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
