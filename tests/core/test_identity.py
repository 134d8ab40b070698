"""The identity of a card in Anki. The values here were in the first packages: they may never change.

A failure of this file is never mended by changing the expected values: learners would lose their reviews.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.card_names import CardName, parse_card_name
from quizkorea.core.identity import guid_of, ord_of

GOLDEN = [
    ("soviet-decision/moscow-meeting#main", "WDw4j76zR2zr", 0),
    ("soviet-decision/moscow-meeting#reverse", "WDw4j76zR2zr", 1),
    ("d/n#main", "uSmzCbODN71b", 0),
    ("road-to-war-in-korea/nsc-68#c1", "LwI2TnspmZki", 0),
    ("road-to-war-in-korea/nsc-68#c3", "LwI2TnspmZki", 2),
    ("a/b#attribution-c", "q2HRxEmgBu0q", 0),
    ("mao-in-moscow/who-began#main", "NlLeIfAkUbsv", 0),
    ("mao-in-moscow/who-began#attribution-traditional", "fNSmGiwK1Zg3", 0),
]

IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


@pytest.mark.parametrize(("name", "guid", "number"), GOLDEN)
def test_guid_and_ord_of_a_card_never_change(name: str, guid: str, number: int) -> None:
    card = parse_card_name(name)
    assert (guid_of(card), ord_of(card.part)) == (guid, number)


@pytest.mark.parametrize(
    ("part", "number"),
    [("main", 0), ("reverse", 1), ("c1", 0), ("c2", 1), ("c499", 498), ("attribution-c2", 0), ("attribution-x", 0)],
)
def test_a_part_has_its_place_among_the_templates(part: str, number: int) -> None:
    assert ord_of(part) == number


@given(IDS, IDS, IDS)
def test_siblings_share_a_guid_but_attribution_cards_are_notes_of_their_own(
    deck: str, note: str, position: str
) -> None:
    main = guid_of(CardName(deck, note, "main"))
    assert main == guid_of(CardName(deck, note, "reverse")) == guid_of(CardName(deck, note, "c7"))
    assert main != guid_of(CardName(deck, note, f"attribution-{position}"))
    assert len(main) == 12
    assert main.isascii()
    assert main.isalnum()


def test_two_notes_never_share_a_guid() -> None:
    guids = {guid_of(CardName(f"deck-{deck}", f"note-{note}", "main")) for deck in range(20) for note in range(200)}
    assert len(guids) == 4_000
