"""The identity that a card keeps for ever, here and in Anki: guid and ord (DESIGN §6, §8)."""

from __future__ import annotations

from hashlib import blake2b

from quizkorea.core.card_names import REVERSE, CardName, gap_number, is_attribution

_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def guid_of(first_name: CardName) -> str:
    """The guid of the Anki note that holds a card: a fixed hash of the note's first name.

    Attribution cards are notes of their own there, so their part is hashed too. Never change this function: every
    package ever exported would lose its learners' reviews.
    """
    text = str(first_name) if is_attribution(first_name.part) else first_name.note_name
    number = int.from_bytes(blake2b(text.encode(), digest_size=9, person=b"quizkorea-guid").digest(), "big")
    digits = []
    for _ in range(12):
        number, digit = divmod(number, len(_ALPHABET))
        digits.append(_ALPHABET[digit])
    return "".join(digits)


def ord_of(part: str) -> int:
    """The number of a card's template within its Anki note."""
    if part == REVERSE:
        return 1
    if part[:1] == "c" and part[1:].isdigit():
        return gap_number(part) - 1
    return 0
