"""What each card shows: prompt, hint, options and answer, for every type and both directions."""

from __future__ import annotations

import pytest
from factories import BIBLIOGRAPHY, choice, cloze, dated, face, fact, interpretation, listing, sequence
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.dates import Precision, show_date
from quizkorea.core.faces import (
    AnswerKind,
    accepted_forms,
    citations_of,
    face_of,
    position_of,
    source_line,
)
from quizkorea.core.notes import Citation, ListItem, Note
from quizkorea.core.text import normal_form

TWO_WAY = fact(reverse_question="What did Kim Il-sung lead?", reverse_answer="North Korea")


@pytest.mark.parametrize(
    ("note", "part", "kind", "prompt", "answer", "hint"),
    [
        (fact(), "main", AnswerKind.TEXT, "Who led North Korea?", ("Kim Il-sung",), ""),
        (TWO_WAY, "reverse", AnswerKind.TEXT, "What did Kim Il-sung lead?", ("North Korea",), ""),
        (
            dated("1950-02-14"),
            "main",
            AnswerKind.DATE,
            "When: The treaty is signed?",
            ("14 February 1950",),
            "the day",
        ),
        (
            dated("1950-02-14", Precision.MONTH, question="In which month?"),
            "main",
            AnswerKind.DATE,
            "In which month?",
            ("February 1950", "(in full: 14 February 1950)"),
            "the month and year",
        ),
        (
            dated("1950-02-14", Precision.SEASON),
            "main",
            AnswerKind.DATE,
            "When: The treaty is signed?",
            ("winter 1949–50", "(in full: 14 February 1950)"),
            "the season and year",
        ),
        (
            dated("1950-10-09/1950-10-10", Precision.INTERVAL),
            "main",
            AnswerKind.DATE,
            "When: The treaty is signed?",
            ("9–10 October 1950",),
            "from when to when",
        ),
        (dated("1950~"), "main", AnswerKind.DATE, "When: The treaty is signed?", ("about 1950",), "the year"),
        (
            dated("1950-02-14", Precision.YEAR, reverse=True),
            "reverse",
            AnswerKind.EVENT,
            "What happened: 14 February 1950?",
            ("The treaty is signed",),
            "",
        ),
        (choice("Mao", wrongs=("Rhee",)), "main", AnswerKind.CHOICE, "Who signed?", ("Mao",), "pick one"),
        (
            listing("Mao", "Zhou", "Zhu"),
            "main",
            AnswerKind.LIST,
            "Name them.",
            ("Mao", "Zhou", "Zhu"),
            "3 items, separated by ;",
        ),
        (
            listing("Mao", "Zhou", ordered=True),
            "main",
            AnswerKind.LIST,
            "Name them.",
            ("Mao", "Zhou"),
            "2 items, in order, separated by ;",
        ),
        (
            interpretation(),
            "main",
            AnswerKind.ESSAY,
            "Why did it begin?",
            ("Both, with leave from Moscow.",),
            "think or write, then tick",
        ),
    ],
)
def test_every_type_shows_its_prompt_its_answer_and_how_to_answer(
    note: Note, part: str, kind: AnswerKind, prompt: str, answer: tuple[str, ...], hint: str
) -> None:
    shown = face(note, part)
    assert (shown.kind, shown.prompt, shown.answer, shown.hint) == (kind, prompt, answer, hint)
    assert (shown.note, shown.part) == (note, part)


def test_a_fact_accepts_its_aliases_forwards_only() -> None:
    assert face(TWO_WAY).accepted == ("Kim Il-sung", "Kim Ilsong")
    assert face(TWO_WAY, "reverse").accepted == ("North Korea",)


@pytest.mark.parametrize(
    ("part", "prompt", "answer"),
    [
        ("c1", "[…] met Stalin in Moscow, and […] stayed.", "Mao"),
        ("c2", "Mao met [who?] in Moscow, and Mao stayed.", "Stalin"),
        ("c3", "Mao met Stalin in […], and Mao stayed.", "Moscow"),
    ],
)
def test_a_cloze_card_hides_its_own_gap_and_shows_the_others(part: str, prompt: str, answer: str) -> None:
    note = cloze("{{c1::Mao}} met {{c2::Stalin::who?}} in {{c3::Moscow}}, and {{c1::Mao}} stayed.")
    shown = face(note, part)
    assert (shown.kind, shown.prompt, shown.answer, shown.accepted) == (AnswerKind.TEXT, prompt, (answer,), (answer,))


def test_gaps_of_one_number_with_different_answers_are_asked_together() -> None:
    shown = face(cloze("{{c1::Mao::who?}} met {{c1::Stalin}}."), "c1")
    assert (shown.prompt, shown.answer) == ("[who?] met […].", ("Mao; Stalin",))


def test_a_gap_has_its_own_aliases() -> None:
    note = cloze("{{c1::Mao}} met {{c2::Stalin}}.", gap_aliases={1: ("Mao Tse-tung",)})
    assert face(note, "c1").accepted == ("Mao", "Mao Tse-tung")
    assert face(note, "c2").accepted == ("Stalin",)


@pytest.mark.parametrize(
    ("text", "kind", "hint"),
    [
        ("Signed on {{c1::14 February 1950}}.", AnswerKind.DATE, "the day"),
        ("Signed in {{c1::February 1950}}.", AnswerKind.DATE, "the month and year"),
        ("Signed in {{c1::1950}}.", AnswerKind.DATE, "the year"),
        ("Worth {{c1::300 million}} dollars.", AnswerKind.TEXT, ""),
        ("The {{c1::38}}th parallel.", AnswerKind.TEXT, ""),
    ],
)
def test_a_gap_that_reads_as_a_date_is_asked_as_a_date(text: str, kind: AnswerKind, hint: str) -> None:
    shown = face(cloze(text), "c1")
    assert (shown.kind, shown.hint, shown.date is not None) == (kind, hint, kind == AnswerKind.DATE)


CHOICE = choice("Mao", "Zhou", wrongs=("Rhee", "Kim", "Truman"))


@given(st.integers(1, 10_000), st.integers(0, 50))
def test_options_are_shuffled_by_key_and_review_count_and_stay_so(key: int, reviews: int) -> None:
    shown = face(CHOICE, card_key=key, reviews=reviews)
    assert shown == face(CHOICE, card_key=key, reviews=reviews)
    assert sorted(shown.options) == sorted(option.text for option in CHOICE.options)
    assert {shown.options[at] for at in shown.right_options} == {"Mao", "Zhou"} == set(shown.answer)
    assert shown.hint == "pick all that are right: 2"


def test_another_card_or_another_review_has_another_order() -> None:
    assert len({face(CHOICE, card_key=key).options for key in range(1, 200)}) > 80
    assert len({face(CHOICE, reviews=reviews).options for reviews in range(200)}) > 80


@given(
    st.lists(st.integers(1900, 1960), min_size=3, max_size=8, unique=True), st.integers(1, 10_000), st.integers(0, 50)
)
def test_a_sequence_is_never_shown_in_its_right_order(years: list[int], key: int, reviews: int) -> None:
    note = sequence(*map(str, years))
    shown = face(note, card_key=key, reviews=reviews)
    assert shown == face(note, card_key=key, reviews=reviews)
    by_date = [f"event {years.index(year)}" for year in sorted(years)]
    assert [shown.options[at] for at in shown.right_options] == by_date
    assert list(shown.options) != by_date
    assert shown.answer == tuple(f"event {years.index(year)} ({year})" for year in sorted(years))


def test_the_dates_decide_the_order_of_a_sequence() -> None:
    shown = face(sequence("1950-06-25", "1949", "1950-02"))
    assert shown.kind == AnswerKind.SEQUENCE
    assert shown.prompt == "Put these in order, earliest first."
    assert shown.answer == ("event 1 (1949)", "event 2 (February 1950)", "event 0 (25 June 1950)")


def test_an_attribution_card_asks_who_argues_and_accepts_any_one_holder() -> None:
    shown = face(interpretation(), "attribution-civil")
    assert shown.kind == AnswerKind.TEXT
    assert shown.prompt == "Who argues this?\n\n“It was a civil war.”\n\nOn the question: Why did it begin?"
    assert shown.answer == ("Bruce Cumings and Jon Halliday",)
    assert set(shown.accepted) == {
        "Bruce Cumings and Jon Halliday",
        "Bruce Cumings",
        "Jon Halliday",
        "Cumings",
        "Halliday",
    }
    assert shown.hint == "any one of the holders"
    assert face(interpretation(), "attribution-security").hint == ""


def test_only_an_attribution_card_has_a_position_and_cites_it_first() -> None:
    note = interpretation()
    shown = face(note, "attribution-civil")
    assert position_of(shown) == note.positions[0]
    assert citations_of(shown) == (Citation("cable", "p. 1"), Citation("monger", "p. 3", "the note itself"))
    assert position_of(face(note)) is None
    assert position_of(face(fact())) is None
    assert citations_of(face(note)) == note.citations


def test_a_citation_is_shown_with_author_title_year_and_place() -> None:
    assert (
        source_line(Citation("monger", "p. 39"), BIBLIOGRAPHY) == "Bradley M. Monger, Stalin's Decision (2014), p. 39"
    )
    assert source_line(Citation("cable", "p. 1"), BIBLIOGRAPHY) == "V. Molotov [inferred], Cable 600 (1950), p. 1"


@pytest.mark.parametrize(
    ("note", "parts", "forms"),
    [
        (TWO_WAY, ("main", "reverse"), {"kimilsung", "kimilsong", "northkorea"}),
        (dated("1950", reverse=True), ("main", "reverse"), {"treatyissigned"}),
        (cloze("{{c1::Mao}} met {{c2::Stalin}}"), ("c1", "c2"), {"mao", "stalin"}),
        (CHOICE, ("main",), set()),
        (listing(ListItem("Mao", ("Mao Tse-tung",)), "Zhou"), ("main",), {"mao", "maotsetung", "zhou"}),
        (sequence("1949", "1950", "1951"), ("main",), set()),
        (interpretation(), ("main", "attribution-security"), {"allenwhiting", "allenswhiting"}),
    ],
)
def test_a_note_tells_every_form_that_one_of_its_cards_accepts(
    note: Note, parts: tuple[str, ...], forms: set[str]
) -> None:
    assert accepted_forms(note, parts, BIBLIOGRAPHY, normal_form) == forms


def test_a_note_of_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown type"):
        face_of(Note(id="x"), "main", BIBLIOGRAPHY)


@given(st.sampled_from(["1950", "1950-02", "1950-02-14", "1950-22", "1949/1950-02", "1950~", "1950-02?"]))
def test_a_date_card_shows_its_date_in_words(edtf: str) -> None:
    note = dated(edtf)
    assert face(note).answer == (show_date(note.date),)
