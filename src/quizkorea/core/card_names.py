"""The names of cards: `deck/note#part` (DESIGN §3). Kept apart from `cards.py` because counting needs no more."""

from __future__ import annotations

from typing import NamedTuple

MAIN = "main"
REVERSE = "reverse"
_ATTRIBUTION = "attribution-"


class CardName(NamedTuple):
    """The name of a card: deck slug, note id, part."""

    deck: str
    note: str
    part: str

    def __str__(self) -> str:
        return f"{self.deck}/{self.note}#{self.part}"

    @property
    def note_name(self) -> str:
        """`deck/note`, which siblings share."""
        return f"{self.deck}/{self.note}"


def parse_card_name(text: str) -> CardName:
    """The parts of `deck/note#part`. Raises ValueError for a text of another form."""
    note_name, _, part = text.partition("#")
    deck, _, note = note_name.partition("/")
    if not (deck and note and part):
        raise ValueError(f"not a card name: {text!r}")
    return CardName(deck, note, part)


def attribution_part(position_id: str) -> str:
    """The part that asks who argues a position."""
    return _ATTRIBUTION + position_id


def is_attribution(part: str) -> bool:
    """Whether a part asks who argues a position. Such siblings do not wait for one another: contrast helps."""
    return part.startswith(_ATTRIBUTION)


def attributed_position(part: str) -> str:
    """The position id in an attribution part."""
    return part.removeprefix(_ATTRIBUTION)


def gap_number(part: str) -> int:
    """The gap number in a cloze part `c1`, `c2`, …"""
    return int(part[1:])
