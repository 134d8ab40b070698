"""Dates of the deck format: reading, showing, cutting to what a card asks for."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkorea.core.dates import (
    Precision,
    can_ask,
    cut_to,
    edtf_or_none,
    ends,
    in_season,
    in_year,
    parse_edtf,
    shifted,
    show_date,
    span,
    unit_around,
)
from quizkorea.core.errors import DateError

READ = [
    ("1950", "1950-01-01", "1950-12-31", "year", "1950"),
    ("1950-02", "1950-02-01", "1950-02-28", "month", "February 1950"),
    ("1948-02", "1948-02-01", "1948-02-29", "month", "February 1948"),
    ("1950-02-14", "1950-02-14", "1950-02-14", "day", "14 February 1950"),
    ("1950-21", "1950-03-01", "1950-05-31", "season", "spring 1950"),
    ("1950-22", "1950-06-01", "1950-08-31", "season", "summer 1950"),
    ("1950-23", "1950-09-01", "1950-11-30", "season", "autumn 1950"),
    ("1950-24", "1950-12-01", "1951-02-28", "season", "winter 1950–51"),
    ("1951-24", "1951-12-01", "1952-02-29", "season", "winter 1951–52"),
    ("1999-24", "1999-12-01", "2000-02-29", "season", "winter 1999–2000"),
    ("2999-24", "2999-12-01", "3000-02-28", "season", "winter 2999–3000"),
    ("1950-10-09/1950-10-10", "1950-10-09", "1950-10-10", "interval", "9–10 October 1950"),
    ("1949-08-29/1949-09-03", "1949-08-29", "1949-09-03", "interval", "29 August – 3 September 1949"),
    ("1949-12-16/1950-02-17", "1949-12-16", "1950-02-17", "interval", "16 December 1949 – 17 February 1950"),
    ("1949/1950-02", "1949-01-01", "1950-02-28", "interval", "1949 – February 1950"),
    ("1945/1948", "1945-01-01", "1948-12-31", "interval", "1945–1948"),
    ("1950-10/1950-12", "1950-10-01", "1950-12-31", "interval", "October–December 1950"),
    ("1950-12/1951-01", "1950-12-01", "1951-01-31", "interval", "December 1950 – January 1951"),
    ("1950-21/1950-23", "1950-03-01", "1950-11-30", "interval", "spring 1950 – autumn 1950"),
    ("1950-10-09/1950-10-09", "1950-10-09", "1950-10-09", "interval", "9 October 1950"),
]


@pytest.mark.parametrize(("text", "first", "last", "precision", "shown"), READ)
def test_a_date_of_the_format_is_read_as_its_span_and_shown_in_words(
    text: str, first: str, last: str, precision: str, shown: str
) -> None:
    when = parse_edtf(f"  {text}\n")
    assert (when.edtf, when.first.isoformat(), when.last.isoformat(), when.precision.value) == (
        text,
        first,
        last,
        precision,
    )
    assert (when.approximate, when.uncertain) == (False, False)
    assert show_date(when) == shown


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain", "shown"),
    [
        ("1950~", True, False, "about 1950"),
        ("1950?", False, True, "1950 (uncertain)"),
        ("1950-06-25~", True, False, "about 25 June 1950"),
        ("1950-24?", False, True, "winter 1950–51 (uncertain)"),
        ("1949~/1950", True, False, "about 1949–1950"),
        ("1949/1950-02?", False, True, "1949 – February 1950 (uncertain)"),
    ],
)
def test_a_suffix_marks_about_or_uncertain(text: str, approximate: bool, uncertain: bool, shown: str) -> None:
    when = parse_edtf(text)
    assert (when.edtf, when.approximate, when.uncertain) == (text, approximate, uncertain)
    assert show_date(when) == shown


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("1950-13-45", "month 13 does not exist", "from 01 to 12"),
        ("1950-13", "month 13 does not exist", "21 (spring)"),
        ("1950-25", "month 25 does not exist", "24 (winter)"),
        ("1950-21-03", "month 21 does not exist", "from 01 to 12"),
        ("1950-00", "month 00 does not exist", "from 01 to 12"),
        ("1950-02-29", "February 1950 has 28 days", "1950-02-28"),
        ("1950-06-31", "June 1950 has 30 days", "1950-06-30"),
        ("1950-06-00", "day 00 does not exist", "1950-06-01"),
        ("1950-06-25/1950-06-31", "June 1950 has 30 days", "1950-06-30"),
        ("0950", "year 0950 is out of range", "1000 to 2999"),
        ("3000-01-01", "year 3000 is out of range", "1000 to 2999"),
        ("", "the date is empty", "1950-02-14"),
        ("   ", "the date is empty", "1950-02-14"),
        ("1951/1950", "the interval 1951/1950 runs backwards", "1950/1951"),
        ("1950-10-10/1950-10-09", "runs backwards", "1950-10-09/1950-10-10"),
        ("1950/", "an interval needs both ends", "1950-10-09/1950-10-10"),
        ("../1950", "an interval needs both ends", "1950-10-09/1950-10-10"),
        ("1950%", "about and uncertain at once", "~ (about) or ? (uncertain)"),
        ("1950~?", "about and uncertain at once", "~ (about) or ? (uncertain)"),
        ("14 February 1950", "is no date of the deck format", "write it like 1950"),
        ("February 14, 1950", "is no date of the deck format", "write it like 1950"),
        ("1950-2-14", "is no date of the deck format", "write it like 1950"),
        ("winter 1950–51", "is no date of the deck format", "write it like 1950"),
        ("c. 1950", "is no date of the deck format", "write it like 1950"),
        ("9-10 October 1950", "is no date of the deck format", "write it like 1950"),
        ("6/7/1950", "is no date of the deck format", "write it like 1950"),
        ("soon", "“soon” is no date of the deck format", "write it like 1950, 1950-02"),
        ("June 31, 1950", "is no date of the deck format", "write it like 1950, 1950-02"),
        ("1945/1948/1950", "is no date of the deck format", "write it like 1950"),
        ("x" * 10_000, "xxx…” is no date of the deck format", "write it like 1950"),
        ("１９５０", "is no date of the deck format", "write it like 1950"),
    ],
)
def test_a_text_that_is_no_date_says_what_is_wrong_and_how_to_write_it(text: str, message: str, hint: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_edtf(text)
    assert message in refused.value.message
    assert hint in refused.value.hint
    assert len(refused.value.message) < 120
    assert edtf_or_none(text) is None


@pytest.mark.parametrize(
    ("text", "ask", "key"),
    [
        ("1950-02-14", None, "1950-02-14"),
        ("1950-02-14", "day", "1950-02-14"),
        ("1950-02-14", "month", "1950-02"),
        ("1950-02-14", "season", "1949-24"),
        ("1950-02-14", "year", "1950"),
        ("1950-01-01", "season", "1949-24"),
        ("1950-12-31", "season", "1950-24"),
        ("1950-03-01", "season", "1950-21"),
        ("1950-08-31", "season", "1950-22"),
        ("1950-11-30", "season", "1950-23"),
        ("1950-02", "season", "1949-24"),
        ("1950-06", "year", "1950"),
        ("1950-22", "year", "1950"),
        ("1950-02-14~", "month", "1950-02~"),
        ("1950-02-14?", "year", "1950?"),
        ("1950-10-09/1950-10-10", "month", "1950-10"),
        ("1950-10-09/1950-11-10", "season", "1950-23"),
        ("1950-03/1950-10", "year", "1950"),
        ("1949/1950-02", "interval", "1949/1950-02"),
    ],
)
def test_the_key_is_the_date_cut_to_what_is_asked(text: str, ask: str | None, key: str) -> None:
    when, precision = parse_edtf(text), Precision(ask) if ask else None
    assert can_ask(when, precision)
    assert cut_to(when, precision) == parse_edtf(key)


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("1950", "month"),
        ("1950", "season"),
        ("1950-02", "day"),
        ("1950-22", "month"),
        ("1950-22", "day"),
        ("1950-24", "year"),
        ("1950-02-14", "interval"),
        ("1950", "interval"),
        ("1950-10-09/1950-10-10", "day"),
        ("1950-10-09/1950-11-10", "month"),
        ("1950-05/1950-06", "season"),
        ("1949/1950-02", "year"),
    ],
)
def test_a_card_cannot_ask_finer_than_the_date_or_across_a_border(text: str, ask: str) -> None:
    when = parse_edtf(text)
    assert not can_ask(when, Precision(ask))
    assert cut_to(when, Precision(ask)) == when


def test_the_ends_of_an_interval_keep_their_own_precision() -> None:
    left, right = ends(parse_edtf("1949/1950-02"))
    assert (left, right) == (parse_edtf("1949"), parse_edtf("1950-02"))


@pytest.mark.parametrize(
    ("text", "steps", "moved"),
    [
        ("1950-12-31", 1, "1951-01-01"),
        ("1950-01", -1, "1949-12"),
        ("1950-12", 1, "1951-01"),
        ("1950-24", 1, "1951-21"),
        ("1950-21", -1, "1949-24"),
        ("1950", -1, "1949"),
    ],
)
def test_a_date_moves_by_its_own_unit(text: str, steps: int, moved: str) -> None:
    assert shifted(parse_edtf(text), steps) == parse_edtf(moved)


def test_what_does_not_exist_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="season 25 does not exist"):
        in_season(1950, 25)
    with pytest.raises(ValueError, match="1951/1950 runs backwards"):
        span(in_year(1951), in_year(1950))
    with pytest.raises(DateError, match="“soon” is no date"):
        ends(replace(parse_edtf("1949/1950"), edtf="soon/1950"))


DAYS = st.dates(datetime.date(1001, 1, 1), datetime.date(2999, 11, 30))
UNITS = st.sampled_from([Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR])


@settings(max_examples=200)
@given(DAYS, UNITS)
def test_every_day_lies_in_the_unit_around_it_and_that_unit_reads_back(day: datetime.date, unit: Precision) -> None:
    around = unit_around(day, unit)
    assert around.first <= day <= around.last
    assert around.precision is unit
    assert parse_edtf(around.edtf) == around


@settings(max_examples=200)
@given(DAYS, UNITS, UNITS)
def test_a_key_holds_its_date_and_is_never_finer(day: datetime.date, known: Precision, ask: Precision) -> None:
    when = unit_around(day, known)
    key = cut_to(when, ask)
    assert key.first <= when.first
    assert when.last <= key.last
    assert key.precision is (ask if can_ask(when, ask) else known)


@settings(max_examples=200)
@given(st.text() | st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}[~?%]?(/[0-9]{4}(-[0-9]{2}){0,2})?", fullmatch=True))
def test_any_text_is_a_date_or_a_date_error_with_a_hint(text: str) -> None:
    when = edtf_or_none(text)
    if when is None:
        with pytest.raises(DateError) as refused:
            parse_edtf(text)
        assert refused.value.message
        assert refused.value.hint
    else:
        assert when == parse_edtf(text)
        assert when.first <= when.last
        assert when.edtf == text.strip()
