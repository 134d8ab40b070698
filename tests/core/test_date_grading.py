"""Verdicts on typed dates (DESIGN §7)."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizkorea.core.date_grading import MOSTLY, PARTLY, disputed_dates, grade_date
from quizkorea.core.dates import (
    HistoricalDate,
    Precision,
    cut_to,
    parse_edtf,
    show_date,
    span,
    unit_around,
)
from quizkorea.core.verdicts import Judgement, Verdict


def judge(text: str, date: str, ask: str | None = None, *disputed: str) -> Judgement:
    return grade_date(text, parse_edtf(date), Precision(ask) if ask else None, disputed_dates(disputed))


@pytest.mark.parametrize(
    ("text", "date", "ask", "message"),
    [
        ("25 June 1950", "1950-06-25", None, ""), ("6/25/50", "1950-06-25", None, ""),
        ("1950년 6월 25일", "1950-06-25", "day", ""), ("June 1950", "1950-06-25", "month", ""),
        ("25 June 1950", "1950-06-25", "month", ""), ("late June 1950", "1950-06-25", "month", ""),
        ("summer 1950", "1950-06-25", "season", ""), ("June 1950", "1950-06-25", "season", ""),
        ("1950", "1950-06-25", "year", ""), ("summer 1950", "1950-06-25", "year", ""),
        ("winter 1949–50", "1950-02-14", "season", ""), ("February 1950", "1950-02-14", "season", ""),
        ("1 Oct - 31 Oct 1950", "1950-10", None, ""), ("9-10 October 1950", "1950-10-09/1950-10-10", None, ""),
        ("9-10 October 1950", "1950-10-09/1950-10-10", "month", ""),
        ("October 1950", "1950-10-09/1950-10-10", "month", ""),
        ("9 October 1950", "1950-10-09/1950-10-10", "month", "the whole is 9–10 October 1950"),
        ("9 October 1950", "1950-10-09/1950-10-09", None, ""),
        ("1949 to February 1950", "1949/1950-02", "interval", ""),
        ("14 June 1950", "1950-06", None, "the date is known only as June 1950"), ("about 1950", "1950~", None, ""),
        ("1950", "1950~", None, ""), ("1950", "1950?", None, ""),
        ("June 1950", "1950~", None, "the date is known only as about 1950"),
        ("about 25 June 1950", "1950-06-25", None, "no “about” is needed"),
        ("6/7/50", "1950-07-06", None, "read as 6 July 1950"), ("6/7/50", "1950-06-07", None, "read as 7 June 1950"),
        ("winter 1950", "1949-24", None, "read as winter 1949–50"),
        ("June 1950", "1950", "month", "the date is known only as 1950"),
    ],
)  # fmt: skip
def test_the_key_or_something_finer_that_agrees_with_the_date_is_right(
    text: str, date: str, ask: str | None, message: str
) -> None:
    assert judge(text, date, ask) == Judgement(Verdict.RIGHT, message, 1.0)


@pytest.mark.parametrize(
    ("text", "date", "ask", "disputed", "value"),
    [
        ("24 June 1950", "1950-06-25", None, "1950-06-24", "24 June 1950"),
        ("24 June 1950", "1950-06-25", None, "24 June 1950", "24 June 1950"),
        ("24 June 1950", "1950-06-25", "month", "1950-06-24", "24 June 1950"),
        ("July 1950", "1950-06-25", "month", "1950-07-02", "2 July 1950"),
        ("June 1950", "1950-06-25", None, "1950-06", "June 1950"),
        ("9–11 October 1950", "1950-10-09/1950-10-10", None, "9-11 October 1950", "9–11 October 1950"),
        ("1949", "1950~", None, "1949", "1949"),
    ],
)  # fmt: skip
def test_a_disputed_value_is_close_and_named(text: str, date: str, ask: str | None, disputed: str, value: str) -> None:
    judgement = judge(text, date, ask, "nobody knows", disputed)
    assert judgement.verdict is Verdict.CLOSE
    assert judgement.message == (
        f"{value} is what another source says; the answer here is {show_date(parse_edtf(date))}"
    )


def test_the_key_is_right_even_where_a_disputed_value_shares_it() -> None:
    assert judge("June 1950", "1950-06-25", "month", "1950-06-24").verdict is Verdict.RIGHT


def test_a_disputed_value_that_was_not_typed_changes_nothing() -> None:
    assert judge("23 June 1950", "1950-06-25", None, "1950-06-24") == Judgement(Verdict.WRONG, "2 days early", 0.0)


@pytest.mark.parametrize(
    ("text", "date", "ask", "message"),
    [
        ("14 February 1945", "1945-02-11", "month", "the month is right; it was the 11th"),
        ("early June 1950", "1950-06-22", "month", "the month is right; it was the 22nd"),
        ("2 June 1950", "1950-06-01", "month", "the month is right; it was the 1st"),
        ("2 June 1950", "1950-06-23", "month", "the month is right; it was the 23rd"),
        ("2 June 1950", "1950-06-13", "month", "the month is right; it was the 13th"),
        ("24 June 1950", "1950-06-25~", "month", "the month is right; it was about 25 June 1950"),
        ("11 October 1950", "1950-10-09/1950-10-10", "month", "the month is right; it was 9–10 October 1950"),
        ("10-12 October 1950", "1950-10-09/1950-10-10", "month", "the month is right; it was 9–10 October 1950"),
        ("January 1950", "1949-12-16", "season", "the season is right; it was 16 December 1949"),
        ("May 1950", "1950-06-25", "year", "the year is right; it was 25 June 1950"),
        ("12/6/50", "1950-06-30", "month", "read as 12 June 1950: the month is right; it was the 30th"),
    ],
)  # fmt: skip
def test_finer_inside_the_key_but_against_the_date_is_close(text: str, date: str, ask: str, message: str) -> None:
    assert judge(text, date, ask) == Judgement(Verdict.CLOSE, message, 0.0)


@pytest.mark.parametrize(
    ("text", "date", "ask"),
    [
        ("1949", "1950~", None), ("1951", "1950~", None), ("May 1951", "1950~", None),
        ("26 June 1950", "1950-06-25~", None), ("May 1950", "1950-06~", "month"), ("autumn 1950", "1950-22~", None),
        ("July 1950", "1950-06-30~", "month"), ("9-11 October 1950", "1950-10-09/1950-10-10~", None),
        ("1944-1948", "1945/1948~", None),
    ],
)  # fmt: skip
def test_one_unit_off_an_approximate_date_is_close(text: str, date: str, ask: str | None) -> None:
    judgement = judge(text, date, ask)
    assert judgement == Judgement(Verdict.CLOSE, f"close to it; it was {show_date(parse_edtf(date))}", 0.0)


@pytest.mark.parametrize(
    ("text", "date", "ask"),
    [
        ("1948", "1950~", None),
        ("1949", "1950", None),
        ("1949", "1950?", None),
        ("27 June 1950", "1950-06-25~", None),
        ("July 1950", "1950-06-15~", "month"),
        ("12-14 October 1950", "1950-10-09/1950-10-10~", None),
        ("8 October 1950", "1950-10-09/1950-10-10~", None),
    ],
)
def test_further_off_or_off_an_exact_date_is_wrong(text: str, date: str, ask: str | None) -> None:
    assert judge(text, date, ask).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("text", "date", "ask", "credit"),
    [
        ("June 1950", "1950-06-25", None, MOSTLY), ("late June 1950", "1950-06-25", None, MOSTLY),
        ("24-26 June 1950", "1950-06-25", None, MOSTLY), ("summer 1950", "1950-06-25", None, PARTLY),
        ("mid-1950", "1950-06-25", None, PARTLY), ("1950", "1950-06-25", None, PARTLY),
        ("1950s", "1950-06-25", None, PARTLY), ("summer 1950", "1950-06-25", "month", MOSTLY),
        ("1950", "1950-06-25", "month", MOSTLY), ("1950", "1950-06-25", "season", MOSTLY),
        ("1950s", "1950-06-25", "year", PARTLY), ("about 1950", "1950-06-25", "month", MOSTLY),
        ("1950", "1950-12-10", "season", MOSTLY), ("winter 1950–51", "1950-12-10", "year", MOSTLY),
        ("15 June - 15 July 1950", "1950-06-25", "month", MOSTLY),
        ("October 1950", "1950-10-09/1950-10-10", None, MOSTLY), ("1950", "1950-10-09/1950-10-10", "interval", PARTLY),
        ("9-12 October 1950", "1950-10-09/1950-10-10", None, MOSTLY), ("1949-50", "1949/1950-02", None, MOSTLY),
        ("1940s", "1945/1948", None, PARTLY),
    ],
)  # fmt: skip
def test_coarser_but_holding_the_date_is_right_as_far_as_it_goes(
    text: str, date: str, ask: str | None, credit: float
) -> None:
    key = cut_to(parse_edtf(date), Precision(ask) if ask else None)
    expected = f"right as far as it goes; it was {show_date(key)}"
    assert judge(text, date, ask) == Judgement(Verdict.PARTIAL, expected, credit)


@pytest.mark.parametrize(
    ("text", "date", "credit", "message"),
    [
        ("9 October 1950", "1950-10-09/1950-10-10", MOSTLY, "right in part; the whole is 9–10 October 1950"),
        ("1945", "1945/1948", MOSTLY, "right in part; the whole is 1945–1948"),
        ("1946", "1945/1948", PARTLY, "right in part; it was 1945–1948"),
        ("10-12 October 1950", "1950-10-09/1950-10-10", PARTLY, "right in part; it was 9–10 October 1950"),
        ("1950", "1950-24", PARTLY, "right in part; it was winter 1950–51"),
        ("1951", "1950-24", PARTLY, "right in part; it was winter 1950–51"),
    ],
)
def test_a_part_of_what_is_asked_is_partial(text: str, date: str, credit: float, message: str) -> None:
    assert judge(text, date) == Judgement(Verdict.PARTIAL, message, credit)


@pytest.mark.parametrize(
    ("text", "date", "ask", "message"),
    [
        ("24 June 1950", "1950-06-25", None, "a day early"), ("22 June 1950", "1950-06-25", None, "3 days early"),
        ("3 July 1950", "1950-06-25", None, "8 days late"), ("25 July 1950", "1950-06-25", None, "30 days late"),
        ("25 August 1950", "1950-06-25", None, "2 months late"),
        ("28 August 1950", "1950-06-25", None, "about 2 months late"),
        ("25 June 1951", "1950-06-25", None, "a year late"), ("25 June 1945", "1950-06-25", None, "5 years early"),
        ("1 March 1948", "1950-06-25", None, "about 2 years early"), ("May 1950", "1950-06-25", None, "a month early"),
        ("August 1950", "1950-06-25", "month", "2 months late"),
        ("August 1951", "1950-06-25", "month", "14 months late"), ("June 1952", "1950-06-25", "month", "2 years late"),
        ("30 May 1950", "1950-06-01", "month", "a month early"), ("1949", "1950-06-25", None, "a year early"),
        ("3 March 1952", "1950-06-25", "year", "2 years late"),
        ("spring 1950", "1950-06-25", "season", "a season early"),
        ("winter 1950–51", "1950-06-25", "season", "2 seasons late"),
        ("summer 1951", "1950-06-25", "season", "a year late"),
        ("autumn 1951", "1950-06-25", "season", "about a year late"), ("1951", "1950-12-10", "season", "a year late"),
        ("12-13 October 1950", "1950-10-09/1950-10-10", None, "3 days late"),
        ("6-7 October 1950", "1950-10-09/1950-10-10", None, "3 days early"),
        ("29 May - 10 June 1950", "1950-06-25", "month", "15 days early"),
        ("1950-51", "1945/1948", None, "5 years late"),
        ("6/7/50", "1950-07-08", None, "read as 6 July 1950: 2 days early"),
    ],
)  # fmt: skip
def test_a_disjoint_answer_is_wrong_by_so_much(text: str, date: str, ask: str | None, message: str) -> None:
    assert judge(text, date, ask) == Judgement(Verdict.WRONG, message, 0.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nothing to read"), (" \t", "nothing to read"), ("June 25", "add the year"), ("6/25", "add the year"),
        ("June 31, 1950", "not a date that I can read"), ("the day after Inchon", "not a date that I can read"),
        ("625", "not a date that I can read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_asked_again_and_never_wrong(text: str, message: str) -> None:
    judgement = judge(text, "1950-06-25")
    assert (judgement.verdict, judgement.credit) == (Verdict.UNREADABLE, 0.0)
    assert judgement.message.startswith(message)
    assert "1950" not in judgement.message


def test_an_ask_that_the_date_does_not_allow_leaves_the_date_itself_as_key() -> None:
    assert judge("winter 1950–51", "1950-24", "year").verdict is Verdict.RIGHT
    assert judge("25 June 1950", "1950-06-25", "interval").verdict is Verdict.RIGHT


def test_only_disputed_values_that_are_dates_are_kept() -> None:
    values = ["24 June 1950", "1950-06-26", "spring 1950", "nobody knows", "38", "6/7/1950", "1200"]
    assert [value.edtf for value in disputed_dates(values)] == ["1950-06-24", "1950-06-26", "1950-21", "1200"]


DAYS = st.dates(datetime.date(1800, 1, 1), datetime.date(2099, 11, 30))
NEARBY = st.integers(-800, 800).filter(bool).map(datetime.timedelta)
FINEST_FIRST = [Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR]
UNITS = st.sampled_from(FINEST_FIRST)
ASKS = st.sampled_from([None, *Precision])
DATES = st.builds(unit_around, DAYS, UNITS)
INTERVALS = st.tuples(DATES, DATES).map(lambda pair: span(*sorted(pair, key=lambda when: (when.first, when.last))))


@settings(max_examples=200)
@given(DATES | INTERVALS, ASKS)
def test_every_date_shown_and_typed_back_is_right_for_itself(date: HistoricalDate, ask: Precision | None) -> None:
    assert grade_date(show_date(date), date, ask, []).verdict is Verdict.RIGHT
    assert grade_date(date.edtf, date, ask, []).verdict is Verdict.RIGHT
    assert grade_date(show_date(cut_to(date, ask)), date, ask, []).verdict is Verdict.RIGHT


@settings(max_examples=200)
@given(DAYS, NEARBY, UNITS, st.booleans())
def test_a_wrong_day_is_never_right(
    day: datetime.date, off: datetime.timedelta, ask: Precision, approximate: bool
) -> None:
    date = parse_edtf(day.isoformat() + "~" * approximate)
    for wrong_day in ((day + off).isoformat(), show_date(unit_around(day + off, Precision.DAY))):
        judgement = grade_date(wrong_day, date, ask, [])
        assert judgement.verdict in (Verdict.CLOSE, Verdict.WRONG)
        assert judgement.message
        inside = cut_to(date, ask).first <= day + off <= cut_to(date, ask).last
        assert approximate or (judgement.verdict is Verdict.CLOSE) == inside


@settings(max_examples=200)
@given(DATES | INTERVALS, DATES, ASKS)
def test_what_excludes_the_date_is_never_right_nor_partial(
    date: HistoricalDate, typed: HistoricalDate, ask: Precision | None
) -> None:
    assume(typed.last < date.first or date.last < typed.first)
    judgement = grade_date(show_date(typed), date, ask, [])
    assert judgement.verdict in (Verdict.CLOSE, Verdict.WRONG)
    assert judgement.message.endswith(("early", "late")) or judgement.verdict is Verdict.CLOSE


@settings(max_examples=200)
@given(DAYS, UNITS, UNITS)
def test_credit_falls_as_the_answer_grows_coarser(day: datetime.date, ask: Precision, said: Precision) -> None:
    date = unit_around(day, Precision.DAY)
    judgement = grade_date(show_date(unit_around(day, said)), date, ask, [])
    if FINEST_FIRST.index(said) <= FINEST_FIRST.index(ask):
        assert judgement.verdict in (Verdict.RIGHT, Verdict.PARTIAL)
        assert judgement.credit >= MOSTLY
    else:
        assert judgement.verdict is Verdict.PARTIAL
        assert judgement.credit == (PARTLY if ask is Precision.DAY and said is not Precision.MONTH else MOSTLY)


@settings(max_examples=200)
@given(
    st.text() | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}([-/. ][0-9]{1,4})?~?", fullmatch=True),
    DATES | INTERVALS,
    ASKS,
    st.lists(DATES, max_size=2),
)
def test_grading_never_raises_and_always_says_why(
    text: str, date: HistoricalDate, ask: Precision | None, disputed: list[HistoricalDate]
) -> None:
    judgement = grade_date(text, date, ask, disputed)
    assert 0.0 <= judgement.credit <= 1.0
    assert judgement.message or judgement.verdict is Verdict.RIGHT
    assert len(judgement.message) < 200
