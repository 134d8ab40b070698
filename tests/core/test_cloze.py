"""Cloze text: gaps, numbers, and a fault named with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.cloze import ClozeError, ClozeGap, gap_numbers, parse_cloze


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("no gap", ("no gap",)),
        ("", ()),
        ("{{c1::a}}", (ClozeGap(1, "a"),)),
        ("x {{c1::a}} y", ("x ", ClozeGap(1, "a"), " y")),
        ("{{c2::a::who?}}{{c1::b}}", (ClozeGap(2, "a", "who?"), ClozeGap(1, "b"))),
        ("{{c1:: a :: b }}", (ClozeGap(1, "a", "b"),)),
        ("{{c1::a::}}", (ClozeGap(1, "a"),)),
        ("{{c1::a::b::c}}", (ClozeGap(1, "a", "b::c"),)),
        ("{{c499::a}}", (ClozeGap(499, "a"),)),
        ("a {b} {{c1::c}} }", ("a {b} ", ClozeGap(1, "c"), " }")),
        ("{{c1::스탈린::누구?}}은", (ClozeGap(1, "스탈린", "누구?"), "은")),
        ("{{c1::a\nb}}", (ClozeGap(1, "a\nb"),)),
        ("{{c1::x^{2} }}", (ClozeGap(1, "x^{2}"),)),
    ],
)
def test_a_text_is_cut_into_pieces(text: str, pieces: tuple[str | ClozeGap, ...]) -> None:
    assert parse_cloze(text) == pieces


def test_the_first_double_brace_ends_a_gap_even_inside_a_formula() -> None:
    assert parse_cloze("{{c1::x^{2}}} y") == (ClozeGap(1, "x^{2"), "} y")


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("a {{b}}", 2, "'{{' begins no gap"),
        ("a {{c::b}}", 2, "'{{' begins no gap"),
        ("a {{c1:b}}", 2, "'{{' begins no gap"),
        ("a {{C1::b}}", 2, "'{{' begins no gap"),
        ("a {{c1::b", 2, "this gap is never closed"),
        ("a {{c1::b}", 2, "this gap is never closed"),
        ("{{c1::a {{c2::b}} }}", 8, "a gap stands inside another gap"),
        ("{{c1::a {{c2::b}}", 8, "a gap stands inside another gap"),
        ("{{c1::a {{c2::b", 8, "a gap stands inside another gap"),
        ("a }} b", 2, "'}}' closes no gap"),
        ("{{c1::a}} b }}", 12, "'}}' closes no gap"),
        ("{{c1::}}", 0, "gap c1 has no answer"),
        ("{{c1::  ::hint}}", 0, "gap c1 has no answer"),
        ("{{c0::a}}", 0, "gap number 0 is not in 1 to 499"),
        ("x{{c500::a}}", 1, "gap number 500 is not in 1 to 499"),
        ("{{c" + "9" * 5000 + "::a}}", 0, "gap number 999999999999 is not in 1 to 499"),
        ("{{c٣::a}}", 0, "'{{' begins no gap"),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, position: int, message: str) -> None:
    with pytest.raises(ClozeError) as caught:
        parse_cloze(text)
    assert (caught.value.position, caught.value.message) == (position, message)
    assert caught.value.hint


def test_gap_numbers_are_ascending_and_each_once() -> None:
    assert gap_numbers("{{c10::a}} {{c2::b}} {{c10::c}}") == (2, 10)
    assert gap_numbers("none") == ()


@given(st.text(alphabet="{}c12:: ab", max_size=40))
def test_any_text_is_read_or_refused_within_itself(text: str) -> None:
    fault = None
    try:
        assert all(parse_cloze(text))
    except ClozeError as error:
        fault = error
    assert fault is None or 0 <= fault.position < len(text)
