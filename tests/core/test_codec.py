"""Notes and bibliographies survive the trip through JSON, whatever they hold."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from factories import BIBLIOGRAPHY, choice, cloze, dated, fact, interpretation, listing, sequence
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.codec import (
    bibliography_from_plain,
    bibliography_to_plain,
    note_from_plain,
    note_to_plain,
    note_type,
)
from quizkorea.core.dates import Precision, parse_edtf
from quizkorea.core.errors import DateError
from quizkorea.core.notes import (
    NOTE_TYPES,
    Bibliography,
    ChoiceNote,
    Citation,
    ClozeNote,
    DateNote,
    Dispute,
    FactNote,
    Holder,
    InterpretationNote,
    KeyPoint,
    ListItem,
    ListNote,
    Note,
    Option,
    Position,
    SequenceItem,
    SequenceNote,
    Source,
)

IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
MAYBE = st.none() | TEXTS
TUPLES = st.lists(TEXTS, max_size=3).map(tuple)
DATES = st.sampled_from(
    ["1950", "1950~", "1950-02", "1950-02?", "1950-02-14", "1950-24", "1950-10-09/1950-10-10", "1949~/1950-02"]
).map(parse_edtf)
CITATIONS = st.lists(st.builds(Citation, IDS, TEXTS, MAYBE), max_size=2).map(tuple)
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "id": IDS,
    "line": st.integers(0, 10_000),
    "tags": TUPLES,
    "explanation": MAYBE,
    "citations": CITATIONS,
    "disputes": st.lists(st.builds(Dispute, TEXTS, TEXTS, CITATIONS), max_size=2).map(tuple),
    "image": MAYBE,
    "alt": MAYBE,
    "was": TUPLES,
}
NOTES: dict[str, st.SearchStrategy[Note]] = {
    "fact": st.builds(
        FactNote,
        **COMMON,
        kind=TEXTS,
        question=TEXTS,
        answer=TEXTS,
        aliases=TUPLES,
        reverse_question=MAYBE,
        reverse_answer=MAYBE,
    ),
    "date": st.builds(
        DateNote,
        **COMMON,
        event=TEXTS,
        date=DATES,
        question=MAYBE,
        ask=st.none() | st.sampled_from(Precision),
        reverse=st.booleans(),
    ),
    "cloze": st.builds(
        ClozeNote, **COMMON, text=TEXTS, gap_aliases=st.dictionaries(st.integers(1, 499), TUPLES, max_size=3)
    ),
    "choice": st.builds(
        ChoiceNote,
        **COMMON,
        question=TEXTS,
        options=st.lists(st.builds(Option, TEXTS, st.booleans(), MAYBE), max_size=4).map(tuple),
    ),
    "list": st.builds(
        ListNote,
        **COMMON,
        question=TEXTS,
        items=st.lists(st.builds(ListItem, TEXTS, TUPLES), max_size=4).map(tuple),
        ordered=st.booleans(),
    ),
    "sequence": st.builds(
        SequenceNote,
        **COMMON,
        items=st.lists(st.builds(SequenceItem, TEXTS, DATES), max_size=4).map(tuple),
        question=MAYBE,
    ),
    "interpretation": st.builds(
        InterpretationNote,
        **COMMON,
        contested=st.booleans(),
        question=TEXTS,
        key_points=st.lists(st.builds(KeyPoint, TEXTS, TUPLES), max_size=3).map(tuple),
        model_answer=TEXTS,
        why_it_matters=MAYBE,
        positions=st.lists(st.builds(Position, IDS, TUPLES, TEXTS, MAYBE, TUPLES, CITATIONS), max_size=2).map(tuple),
    ),
}
SOURCES = st.builds(
    Source,
    IDS,
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    MAYBE,
    st.none() | st.tuples(st.integers(1, 999), st.integers(1, 999)),
    TUPLES,
    MAYBE,
    st.booleans(),
    MAYBE,
    MAYBE,
)
BIBLIOGRAPHIES = st.builds(
    lambda sources, holders: Bibliography({s.id: s for s in sources}, {h.id: h for h in holders}),
    st.lists(SOURCES, max_size=3),
    st.lists(st.builds(Holder, IDS, TEXTS, TUPLES), max_size=3),
)


def through_json(plain: dict[str, Any]) -> dict[str, Any]:
    """What another run of the program reads."""
    read: dict[str, Any] = json.loads(json.dumps(plain, ensure_ascii=False))
    return read


def test_every_type_of_note_is_tried() -> None:
    assert tuple(NOTES) == NOTE_TYPES


@pytest.mark.parametrize("type_name", NOTE_TYPES)
@given(data=st.data())
def test_a_note_comes_back_equal_through_json_text(type_name: str, data: st.DataObject) -> None:
    note = data.draw(NOTES[type_name])
    plain = note_to_plain(note)
    assert note_type(note) == type_name
    back = note_from_plain(type_name, note.id, note.line, through_json(plain))
    assert back == note
    assert repr(back) == repr(note)  # a text equals a precision, but is none
    assert back.line == note.line
    assert note_to_plain(back) == plain


@given(BIBLIOGRAPHIES)
def test_a_bibliography_comes_back_equal_through_json_text(bibliography: Bibliography) -> None:
    plain = bibliography_to_plain(bibliography)
    back = bibliography_from_plain(through_json(plain))
    assert back == bibliography
    assert list(back.sources) == list(bibliography.sources)


@pytest.mark.parametrize(
    "note",
    [
        fact(),
        dated("1950-02-14", Precision.MONTH, reverse=True),
        cloze("{{c1::Mao}}", gap_aliases={1: ("Mao Tse-tung",)}),
        choice("Mao", wrongs=("Rhee",)),
        listing(ListItem("Mao", ("Chairman",)), "Zhou"),
        sequence("1949", "1950", "1951"),
        interpretation(),
    ],
)
def test_a_note_as_authors_write_it_comes_back_equal(note: Note) -> None:
    assert note_from_plain(note_type(note), note.id, note.line, through_json(note_to_plain(note))) == note


def test_the_bibliography_of_a_folder_comes_back_equal() -> None:
    assert bibliography_from_plain(through_json(bibliography_to_plain(BIBLIOGRAPHY))) == BIBLIOGRAPHY


def test_defaults_id_and_line_are_left_out_so_that_a_moved_note_keeps_its_text() -> None:
    note = fact(aliases=())
    plain = {"kind": "person", "question": "Who led North Korea?", "answer": "Kim Il-sung"}
    assert note_to_plain(note) == plain
    assert note_to_plain(replace(note, id="other", line=77)) == plain


@pytest.mark.parametrize(
    ("type_name", "plain", "error"),
    [
        ("poem", {}, KeyError),
        ("fact", {"kind": "person"}, TypeError),
        ("fact", {"kind": "person", "question": "?", "answer": "!", "colour": "red"}, TypeError),
        ("date", {"event": "x", "date": "1950-13"}, DateError),
    ],
)
def test_what_is_no_note_is_refused(type_name: str, plain: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        note_from_plain(type_name, "x", 1, plain)
