"""The cards of a note, and their names."""

from __future__ import annotations

import pytest
from factories import choice, cloze, dated, fact, interpretation, listing, sequence
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.card_names import (
    CardName,
    attributed_position,
    attribution_part,
    gap_number,
    is_attribution,
    parse_card_name,
)
from quizkorea.core.cards import parts_of
from quizkorea.core.notes import Note, is_id


@pytest.mark.parametrize(
    ("note", "parts"),
    [
        (fact(), ("main",)),
        (fact(reverse_question="Whom?", reverse_answer="North Korea"), ("main", "reverse")),
        (dated("1950-02-14"), ("main",)),
        (dated("1950-02-14", reverse=True), ("main", "reverse")),
        (cloze("{{c1::Mao}} met {{c2::Stalin}}"), ("c1", "c2")),
        (cloze("{{c3::Mao}} met {{c1::Stalin}}, {{c3::1949}}"), ("c1", "c3")),
        (choice("Mao", wrongs=("Rhee",)), ("main",)),
        (listing("Mao", "Zhou"), ("main",)),
        (sequence("1949", "1950", "1951"), ("main",)),
        (interpretation(), ("main", "attribution-civil", "attribution-security")),
        (interpretation(positions=()), ("main",)),
    ],
)
def test_every_type_gives_its_cards_in_the_order_of_learning(note: Note, parts: tuple[str, ...]) -> None:
    assert parts_of(note) == parts


IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
PARTS = st.one_of(st.sampled_from(["main", "reverse", "c1", "c499"]), IDS.map(attribution_part))


@given(IDS, IDS, PARTS)
def test_a_name_can_be_written_and_read_back(deck: str, note: str, part: str) -> None:
    name = CardName(deck, note, part)
    assert str(name) == f"{deck}/{note}#{part}"
    assert parse_card_name(str(name)) == name
    assert name.note_name == f"{deck}/{note}"


@pytest.mark.parametrize("text", ["", "deck", "deck/note", "deck#main", "/note#main", "deck/#main", "deck/note#"])
def test_a_text_of_another_form_is_no_card_name(text: str) -> None:
    with pytest.raises(ValueError, match="not a card name"):
        parse_card_name(text)


@given(IDS)
def test_an_attribution_part_names_its_position(position: str) -> None:
    assert is_attribution(attribution_part(position))
    assert attributed_position(attribution_part(position)) == position
    assert not any(is_attribution(part) for part in ("main", "reverse", "c1"))


def test_a_cloze_part_names_its_gap() -> None:
    assert [gap_number(part) for part in ("c1", "c12", "c499")] == [1, 12, 499]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a", True),
        ("nsc-68", True),
        ("1950", True),
        ("a" * 64, True),
        ("a" * 65, False),
        ("", False),
        ("A", False),
        ("a--b", False),
        ("-a", False),
        ("a-", False),
        ("a_b", False),
        ("a b", False),
        ("a\n", False),
        ("é", False),
        ("٣", False),
    ],
)
def test_an_id_is_lower_case_words_joined_by_hyphens(text: str, good: bool) -> None:
    assert is_id(text) is good
