"""The verdict on an answer to a card of every kind, and the rating that it proposes."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from factories import (
    DISPUTE,
    choice,
    cloze,
    dated,
    everywhere,
    face,
    fact,
    interpretation,
    listing,
    nowhere,
    sequence,
)
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.dates import Precision
from quizkorea.core.faces import CardFace
from quizkorea.core.grading import (
    grade_choice,
    grade_list,
    grade_order,
    grade_ticks,
    grade_typed,
    mentioned_by_key_point,
    proposed_rating,
    read_numbers,
)
from quizkorea.core.notes import Dispute, ListItem
from quizkorea.core.schedule import Rating
from quizkorea.core.verdicts import Judgement, Verdict, close, partial, right, unreadable, wrong

RIGHT, CLOSE, PARTIAL, WRONG, UNREADABLE = Verdict
AGAIN, HARD, GOOD, EASY = Rating


def judged(shown: CardFace, text: str, elsewhere: Callable[[str], bool] = nowhere) -> Judgement:
    """The verdict of the machine, which there must be."""
    judgement = grade_typed(shown, text, elsewhere)
    assert judgement is not None
    return judgement


# --- the proposed rating -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("judgement", "rating"),
    [
        (None, GOOD),
        (right(), GOOD),
        (close("?"), GOOD),
        (unreadable("?"), GOOD),
        (partial(0.9, "?"), HARD),
        (partial(2 / 3, "?"), HARD),
        (partial(1 - 1 / 3, "?"), HARD),
        (partial(0.66, "?"), AGAIN),
        (partial(0.5, "?"), AGAIN),
        (partial(1 / 3, "?"), AGAIN),
        (wrong(), AGAIN),
    ],
)
def test_each_verdict_proposes_its_rating(judgement: Judgement | None, rating: Rating) -> None:
    assert proposed_rating(judgement) == rating


# --- text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("kim il sung", RIGHT),
        ("Kim Ilsong", RIGHT),
        ("Kim Ilsumg", CLOSE),
        ("Stalin", WRONG),
        ("...", UNREADABLE),
    ],
)
def test_a_fact_is_graded_by_its_answer_and_aliases(typed: str, verdict: Verdict) -> None:
    assert judged(face(fact()), typed).verdict == verdict


def test_a_slip_that_another_card_accepts_is_wrong() -> None:
    assert judged(face(fact()), "Kim Ilsumg", everywhere).verdict == WRONG


def test_the_reverse_of_a_fact_is_graded_by_its_own_answer() -> None:
    shown = face(fact(reverse_question="What?", reverse_answer="North Korea"), "reverse")
    assert judged(shown, "north korea").verdict == RIGHT
    assert judged(shown, "Kim Il-sung").verdict == WRONG


@pytest.mark.parametrize("elsewhere", [nowhere, everywhere])
def test_a_disputed_value_is_close_and_says_what_to_think_of_it(elsewhere: Callable[[str], bool]) -> None:
    judgement = judged(face(fact(disputes=(DISPUTE,))), "pak hon yong", elsewhere)
    assert judgement.verdict == CLOSE
    assert DISPUTE.note in judgement.message


def test_a_disputed_value_that_is_also_an_alias_is_right() -> None:
    shown = face(fact(aliases=("Pak Hon-yong",), disputes=(DISPUTE,)))
    assert judged(shown, "Pak Hon-yong").verdict == RIGHT


@pytest.mark.parametrize(
    ("part", "typed", "verdict"),
    [
        ("attribution-civil", "Bruce Cumings", RIGHT),
        ("attribution-civil", "cumings", RIGHT),
        ("attribution-civil", "Jon Halliday", RIGHT),
        ("attribution-civil", "Halliday", RIGHT),
        ("attribution-civil", "Bruce Cumings and Jon Halliday", RIGHT),
        ("attribution-civil", "Jon Halliday and Bruce Cumings", RIGHT),
        ("attribution-civil", "Halliday, Cumings", RIGHT),
        ("attribution-civil", "Cumings and Whiting", WRONG),
        ("attribution-civil", "Allen Whiting", WRONG),
        ("attribution-civil", "Bruce", WRONG),
        ("attribution-security", "Allen S. Whiting", RIGHT),
        ("attribution-security", "Alan Whiting", CLOSE),
        ("attribution-security", "Cumings", WRONG),
    ],
)
def test_an_attribution_is_right_for_any_one_holder_by_name_or_alias(part: str, typed: str, verdict: Verdict) -> None:
    assert judged(face(interpretation(), part), typed).verdict == verdict


@pytest.mark.parametrize(
    ("typed", "verdict"), [("mao", RIGHT), ("Mao Tse-tung", RIGHT), ("Stalin", WRONG), ("", UNREADABLE)]
)
def test_a_gap_is_graded_by_its_answer_and_its_own_aliases(typed: str, verdict: Verdict) -> None:
    note = cloze("{{c1::Mao}} met {{c2::Stalin}}.", gap_aliases={1: ("Mao Tse-tung",)})
    assert judged(face(note, "c1"), typed).verdict == verdict


def test_two_gaps_of_one_number_are_typed_with_a_semicolon() -> None:
    shown = face(cloze("{{c1::Mao}} met {{c1::Stalin}}."), "c1")
    assert judged(shown, "mao; stalin").verdict == RIGHT
    assert judged(shown, "mao").verdict == WRONG


# --- dates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "verdict", "rating"),
    [
        ("14 February 1950", RIGHT, GOOD),
        ("14.2.50", RIGHT, GOOD),
        ("15 February 1950", WRONG, AGAIN),
        ("February 1950", PARTIAL, HARD),
        ("1950", PARTIAL, AGAIN),
        ("soon", UNREADABLE, GOOD),
    ],
)
def test_a_date_card_is_graded_by_precision(typed: str, verdict: Verdict, rating: Rating) -> None:
    judgement = judged(face(dated("1950-02-14")), typed)
    assert (judgement.verdict, proposed_rating(judgement)) == (verdict, rating)


def test_a_date_card_is_graded_at_the_precision_it_asks_for() -> None:
    shown = face(dated("1950-02-14", Precision.MONTH))
    assert judged(shown, "February 1950").verdict == RIGHT
    assert judged(shown, "11 February 1950").verdict == CLOSE


def test_a_disputed_date_is_close() -> None:
    shown = face(dated("1950-02-14", disputes=(Dispute("1950-02-15", "So says the memoir."),)))
    assert judged(shown, "15 February 1950").verdict == CLOSE


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [("14 February 1950", RIGHT), ("Feb 14, 1950", RIGHT), ("Valentine's Day", RIGHT), ("1951", WRONG)],
)
def test_a_gap_that_is_a_date_is_graded_as_a_date_or_by_its_aliases(typed: str, verdict: Verdict) -> None:
    note = cloze("Signed on {{c1::14 February 1950}}.", gap_aliases={1: ("Valentine's Day",)})
    assert judged(face(note, "c1"), typed).verdict == verdict


def test_an_event_in_the_authors_words_is_right_and_other_words_are_left_to_the_learner() -> None:
    shown = face(dated("1950-02-14", reverse=True), "reverse")
    assert judged(shown, "the treaty is signed").verdict == RIGHT
    other = grade_typed(shown, "they signed it", nowhere)
    assert other is not None
    assert other.verdict is Verdict.CLOSE
    elsewhere = grade_typed(shown, "they signed it", lambda form: form == "theysignedit")
    assert elsewhere is not None
    assert elsewhere.verdict is Verdict.WRONG
    assert proposed_rating(grade_typed(shown, "they signed it", nowhere)) == GOOD


# --- choice ------------------------------------------------------------------------------------------------------


ONE = face(choice("Mao", wrongs=("Rhee", "Kim")))
TWO = face(choice("Mao", "Zhou", wrongs=("Rhee", "Kim")))


def numbers(shown: CardFace, *texts: str) -> str:
    """The line that picks options by their numbers."""
    return " ".join(str(shown.options.index(text) + 1) for text in texts)


@pytest.mark.parametrize(
    ("shown", "picked", "verdict", "credit"),
    [
        (ONE, ("Mao",), RIGHT, 1),
        (ONE, ("Rhee",), WRONG, 0),
        (ONE, ("Mao", "Rhee"), WRONG, 0),
        (TWO, ("Mao", "Zhou"), RIGHT, 1),
        (TWO, ("Zhou", "Mao"), RIGHT, 1),
        (TWO, ("Mao",), PARTIAL, 0.5),
        (TWO, ("Mao", "Zhou", "Kim"), PARTIAL, 0.5),
        (TWO, ("Mao", "Kim"), WRONG, 0),
        (TWO, ("Kim", "Rhee"), WRONG, 0),
        (TWO, ("Mao", "Zhou", "Kim", "Rhee"), WRONG, 0),
    ],
)
def test_a_choice_is_graded_by_the_right_options_less_the_wrong_ones(
    shown: CardFace, picked: tuple[str, ...], verdict: Verdict, credit: float
) -> None:
    by_number = judged(shown, numbers(shown, *picked))
    assert (by_number.verdict, by_number.credit) == (verdict, credit)
    assert grade_choice(shown, [shown.options.index(text) for text in picked]) == by_number


def test_a_wrong_option_gives_its_feedback() -> None:
    assert judged(ONE, numbers(ONE, "Rhee")).message == "Rhee did not."
    assert judged(TWO, numbers(TWO, "Rhee", "Kim")).message in (
        "Rhee did not. Kim did not.",
        "Kim did not. Rhee did not.",
    )
    assert judged(TWO, numbers(TWO, "Mao")).message == "1 of 2"


def test_an_option_may_be_typed_in_words() -> None:
    assert judged(ONE, "mao").verdict == RIGHT
    assert judged(ONE, "kim").verdict == WRONG


@pytest.mark.parametrize("typed", ["", "0", "4", "1 1", "1 9", "Truman", "①a"])
def test_what_is_no_option_is_unreadable(typed: str) -> None:
    assert judged(ONE, typed).verdict == UNREADABLE


@pytest.mark.parametrize("key", range(1, 10))
def test_on_a_choice_among_numbers_a_number_is_still_the_place_of_an_option(key: int) -> None:
    shown = face(choice("3", wrongs=("1", "2")), card_key=key)
    assert judged(shown, str(shown.right_options[0] + 1)).verdict == RIGHT
    years = face(choice("1950", wrongs=("1949", "1951")), card_key=key)
    assert judged(years, "1950").verdict == RIGHT


# --- lists -------------------------------------------------------------------------------------------------------


THREE = face(listing(ListItem("Mao", ("Mao Tse-tung",)), "Zhou Enlai", "Zhu De"))
ORDERED = face(listing("Mao", "Zhou Enlai", "Zhu De", ordered=True))


@pytest.mark.parametrize(
    ("shown", "typed", "verdict", "credit"),
    [
        (THREE, "Mao; Zhou Enlai; Zhu De", RIGHT, 1),
        (THREE, "zhu de;mao tse tung; ZHOU EN-LAI ;", RIGHT, 1),
        (THREE, "Mao; Zhu De", PARTIAL, 2 / 3),
        (THREE, "Mao", PARTIAL, 1 / 3),
        (THREE, "Mao; Zhou Enlai; Stalin", PARTIAL, 2 / 3),
        (THREE, "Mao; Zhou Enlai; Zhu De; Stalin", PARTIAL, 3 / 4),
        (THREE, "Mao; Mao Tse-tung; Mao", PARTIAL, 1 / 3),
        (THREE, "Mao; Zhou; Zhu De", PARTIAL, 2 / 3),
        (THREE, "Stalin; Kim", WRONG, 0),
        (THREE, "", UNREADABLE, 0),
        (THREE, " ; ;; ", UNREADABLE, 0),
        (THREE, "?; !", UNREADABLE, 0),
        (ORDERED, "Mao; Zhou Enlai; Zhu De", RIGHT, 1),
        (ORDERED, "Zhou Enlai; Mao; Zhu De", PARTIAL, 1 / 3),
        (ORDERED, "Zhou Enlai; Zhu De; Mao", WRONG, 0),
        (ORDERED, "Mao; Zhou Enlai", PARTIAL, 2 / 3),
    ],
)
def test_a_list_is_graded_by_set_or_by_place_where_it_is_ordered(
    shown: CardFace, typed: str, verdict: Verdict, credit: float
) -> None:
    judgement = judged(shown, typed)
    assert (judgement.verdict, judgement.credit) == (verdict, pytest.approx(credit))


@pytest.mark.parametrize("order", [("x", "y"), ("y", "x")])
def test_two_items_that_share_an_alias_are_matched_so_that_most_are_right(order: tuple[str, str]) -> None:
    shown = face(listing(ListItem("first", ("x", "y")), ListItem("second", ("x",))))
    assert grade_list(shown, order).verdict == RIGHT


def test_a_partial_list_says_how_many_are_right_and_what_is_missing() -> None:
    said = judged(THREE, "Mao").message
    assert "1 of 3" in said
    assert "Zhou Enlai; Zhu De" in said


@given(st.permutations(["Mao", "Zhou Enlai", "Zhu De"]))
def test_a_list_is_right_in_any_order(items: list[str]) -> None:
    assert grade_list(THREE, items).verdict == RIGHT


# --- sequences ---------------------------------------------------------------------------------------------------


FOUR = face(sequence("1949", "1950", "1951", "1952"))


def order_line(*years: int) -> str:
    """The numbers on screen of the events, named by their right places from 1."""
    return " ".join(str(FOUR.right_options[year - 1] + 1) for year in years)


@pytest.mark.parametrize(
    ("line", "verdict", "credit"),
    [
        (order_line(1, 2, 3, 4), RIGHT, 1),
        (order_line(2, 1, 3, 4), PARTIAL, 1 / 3),
        (order_line(2, 3, 4, 1), PARTIAL, 2 / 3),
        (order_line(3, 4, 1, 2), PARTIAL, 2 / 3),
        (order_line(1, 3, 2, 4), WRONG, 0),
        (order_line(4, 3, 2, 1), WRONG, 0),
        (order_line(1, 2), PARTIAL, 1 / 3),
        ("1 2 3 5", UNREADABLE, 0),
        ("1 1 2 3", UNREADABLE, 0),
        ("first", UNREADABLE, 0),
        ("", UNREADABLE, 0),
    ],
)
def test_a_sequence_is_graded_by_its_adjacent_pairs(line: str, verdict: Verdict, credit: float) -> None:
    judgement = judged(FOUR, line)
    assert (judgement.verdict, judgement.credit) == (verdict, pytest.approx(credit))


@given(st.permutations(range(4)))
def test_only_the_right_order_has_full_credit(order: list[int]) -> None:
    judgement = grade_order(FOUR, order)
    assert (judgement.verdict == RIGHT) == (tuple(order) == FOUR.right_options)
    assert (judgement.credit == 1) == (judgement.verdict == RIGHT)


@pytest.mark.parametrize(
    ("line", "most", "found"),
    [
        ("2 1 3", 3, [1, 0, 2]),
        ("2,1,3", 3, [1, 0, 2]),
        (" 2;  1 ", 3, [1, 0]),
        ("1", 1, [0]),
        ("0", 3, None),
        ("4", 3, None),
        ("1 1", 3, None),
        ("-1", 3, None),
        ("1.5", 3, None),
        ("²", 3, None),
        ("٢", 3, None),
        ("9" * 5_000, 3, None),
        ("", 3, None),
    ],
)
def test_a_line_of_numbers_holds_different_numbers_that_an_option_has(
    line: str, most: int, found: list[int] | None
) -> None:
    assert read_numbers(line, most) == found


# --- interpretations ---------------------------------------------------------------------------------------------


ESSAY = face(interpretation())


@pytest.mark.parametrize("text", ["", "Both, with leave from Moscow.", "anything"])
def test_no_machine_grades_an_interpretation(text: str) -> None:
    assert grade_typed(ESSAY, text, nowhere) is None


@pytest.mark.parametrize(
    ("ticked", "verdict", "rating"),
    [
        ([0, 1, 2], RIGHT, GOOD),
        ([2, 0, 1, 0], RIGHT, GOOD),
        ([0, 2], PARTIAL, HARD),
        ([1], PARTIAL, AGAIN),
        ([1, 1], PARTIAL, AGAIN),
        ([], WRONG, AGAIN),
    ],
)
def test_ticks_are_counted_and_propose_a_rating(ticked: list[int], verdict: Verdict, rating: Rating) -> None:
    judgement = grade_ticks(ESSAY, ticked)
    assert (judgement.verdict, proposed_rating(judgement)) == (verdict, rating)
    assert math.isclose(judgement.credit, len(set(ticked)) / 3)


def test_mentioned_terms_stand_beside_their_key_points_and_grade_nothing() -> None:
    text = "Kim asked and Stalin, with the Bomb, agreed; Rheeism had no part"
    assert mentioned_by_key_point(ESSAY, text) == (("Kim",), ("the bomb",), ())


@given(st.text())
def test_any_text_on_any_card_gets_a_verdict_or_none(text: str) -> None:
    for shown in (face(fact()), face(dated("1950-02-14")), ONE, TWO, THREE, ORDERED, FOUR):
        assert judged(shown, text).verdict in Verdict
    assert grade_typed(ESSAY, text, nowhere) is None
