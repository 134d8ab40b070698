"""Dates as people type them: the table of DEPENDENCIES §4, and what lies around it."""

from __future__ import annotations

import datetime
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkorea.core.date_grading import grade_date
from quizkorea.core.dates import HistoricalDate, Precision, in_year, parse_edtf, show_date, span, unit_around
from quizkorea.core.typed_dates import edtf_spellings, lacks_year, read_authored_date, read_typed_date

NEAR = in_year(1950)

ONE_READING = [
    ("25 June 1950", "1950-06-25"),
    ("June 25, 1950", "1950-06-25"),
    ("25th of June, 1950", "1950-06-25"),
    ("the 25th of June 1950", "1950-06-25"),
    ("Sept. 15, 1950", "1950-09-15"),
    ("Sep 15 1950", "1950-09-15"),
    ("25-Jun-1950", "1950-06-25"),
    ("1950 June 25", "1950-06-25"),
    ("Sunday, 25 June 1950", "1950-06-25"),
    ("1950-06-25", "1950-06-25"),
    ("1950-6-25", "1950-06-25"),
    ("1950/6/25", "1950-06-25"),
    ("6/25/50", "1950-06-25"),
    ("50-06-25", "1950-06-25"),
    ("25/6/1950", "1950-06-25"),
    ("6-25-1950", "1950-06-25"),
    ("25.6.1950", "1950-06-25"),
    ("6/6/1950", "1950-06-06"),
    ("jun 25 50", "1950-06-25"),
    ("25 June '50", "1950-06-25"),
    ("29 February 1948", "1948-02-29"),
    ("1950-06", "1950-06"),
    ("1950 - 06", "1950-06"),
    ("6/1950", "1950-06"),
    ("6/50", "1950-06"),
    ("April 1949", "1949-04"),
    ("June, 1950", "1950-06"),
    ("June-1950", "1950-06"),
    ("June '50", "1950-06"),
    ("June ’50", "1950-06"),
    ("June 50", "1950-06"),
    ("1949", "1949"),
    ("'49", "1949"),
    ("49", "1949"),
    ("summer 1950", "1950-22"),
    ("the summer of 1950", "1950-22"),
    ("spring 1950", "1950-21"),
    ("autumn 1950", "1950-23"),
    ("Fall 1950", "1950-23"),
    ("1950-22", "1950-22"),
    ("winter 1950-51", "1950-24"),
    ("winter 1950–1951", "1950-24"),
    ("winter of 1950–51", "1950-24"),
    ("Winter 1950/51", "1950-24"),
    ("winter 1999-00", "1999-24"),
    ("early April 1949", "1949-04-01/1949-04-10"),
    ("mid-April 1949", "1949-04-11/1949-04-20"),
    ("mid April, 1949", "1949-04-11/1949-04-20"),
    ("late February 1950", "1950-02-21/1950-02-28"),
    ("the end of June 1950", "1950-06-21/1950-06-30"),
    ("early 1950", "1950-01/1950-04"),
    ("mid-1950", "1950-05/1950-08"),
    ("late 1950", "1950-09/1950-12"),
    ("late summer 1950", "1950-08/1950-08"),
    ("October 9-10, 1950", "1950-10-09/1950-10-10"),
    ("October 9–10, 50", "1950-10-09/1950-10-10"),
    ("9-10 October 1950", "1950-10-09/1950-10-10"),
    ("9–10 Oct 1950", "1950-10-09/1950-10-10"),
    ("9/10 October 1950", "1950-10-09/1950-10-10"),
    ("9 to 10 October 1950", "1950-10-09/1950-10-10"),
    ("29 August - 3 September 1949", "1949-08-29/1949-09-03"),
    ("August 29 – September 3, 1949", "1949-08-29/1949-09-03"),
    ("16 December 1949 – 17 February 1950", "1949-12-16/1950-02-17"),
    ("6/25/1950 - 6/27/1950", "1950-06-25/1950-06-27"),
    ("June-August 1950", "1950-06/1950-08"),
    ("from June to August 1950", "1950-06/1950-08"),
    ("December 1950 – January 1951", "1950-12/1951-01"),
    ("spring–autumn 1950", "1950-21/1950-23"),
    ("winter 1950–51 – summer 1951", "1950-24/1951-22"),
    ("1945-1948", "1945/1948"),
    ("1945–48", "1945/1948"),
    ("1945/48", "1945/1948"),
    ("1999-00", "1999/2000"),
    ("between 1945 and 1948", "1945/1948"),
    ("1945/1948", "1945/1948"),
    ("1949 to February 1950", "1949/1950-02"),
    ("1949/1950-02", "1949/1950-02"),
    ("1950-10-09/1950-10-10", "1950-10-09/1950-10-10"),
    ("1950s", "1950/1959"),
    ("the 1950s", "1950/1959"),
    ("c. 1950", "1950~"),
    ("c1950", "1950~"),
    ("ca 1950", "1950~"),
    ("ca. 1950", "1950~"),
    ("about 1950", "1950~"),
    ("in about 1950", "1950~"),
    ("1950~", "1950~"),
    ("~1950", "1950~"),
    ("about 25 June 1950", "1950-06-25~"),
    ("1950?", "1950?"),
    ("1950년 6월 25일", "1950-06-25"),
    ("1950년6월25일", "1950-06-25"),
    ("1950. 6. 25.", "1950-06-25"),
    ("50년 6월", "1950-06"),
    ("1950년 6월", "1950-06"),
    ("1950년", "1950"),
    ("1950년 여름", "1950-22"),
    ("1950년 10월 9일~10일", "1950-10-09/1950-10-10"),
    ("1950年6月25日", "1950-06-25"),
    ("２５　Ｊｕｎｅ　１９５０", "1950-06-25"),
    ("  JUNE \t 25 ,  1950 . ", "1950-06-25"),
    ("on 25 june 1950.", "1950-06-25"),
    ("In June 1950,", "1950-06"),
    ("25\u00a0June\u20091950", "1950-06-25"),
    (unicodedata.normalize("NFD", "1950년 6월 25일"), "1950-06-25"),
]

UNREADABLE = [
    "625", "June 31, 1950", "February 29, 1949", "2/30/1950", "1950-13-01", "1950-00", "13월 1950년",
    "the day after Inchon", "Juin 1950", "", "   ", "🙂", "June 🙂 1950", "before 1950", "until 1950", "1950 to", "25",
    "1.4 million", "1,950", "19500625", "0625", "4000", "1945-45", "1950-1949", "10–9 October 1950", "winter 1950-52",
    "summer 1950-51", "June 1950-51", "December – February 1951", "1951s", "1950th", "50s", "June June 1950",
    "1950 1951", "25 1950", "about", "of the", "-", "/", "1950/12/51", "1/2/3/1950", "٢٥ June ١٩٥٠",
    "June " * 2000, "1" * 10_000, "-" * 10_000, "1-" * 5_000,
]  # fmt: skip
NO_YEAR = ["June 25", "25 June", "25th of June", "about June 25", "June", "late June", "winter", "6/25", "25/6", "25.6",
           "6월 25일", "29 February", "June 25-27", "29 August – 3 September"]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), ONE_READING)
def test_a_typed_date_is_read_as_one_date_and_no_other(text: str, edtf: str) -> None:
    [when], expected = read_typed_date(text, NEAR), parse_edtf(edtf)
    assert (when.first, when.last, when.precision) == (expected.first, expected.last, expected.precision)
    assert (when.approximate, when.uncertain) == (expected.approximate, expected.uncertain)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("6/7/50", ["1950-06-07", "1950-07-06"]),
        ("6/7/1950", ["1950-06-07", "1950-07-06"]),
        ("6.7.1950", ["1950-06-07", "1950-07-06"]),
        ("1910-12", ["1910-12", "1910/1912"]),
        ("winter 1950", ["1950-24", "1949-24"]),
    ],
)
def test_an_ambiguous_date_gives_all_its_readings(text: str, readings: list[str]) -> None:
    assert [when.edtf for when in read_typed_date(text, NEAR)] == readings


@pytest.mark.parametrize("text", UNREADABLE + NO_YEAR)
def test_what_is_no_whole_date_has_no_reading(text: str) -> None:
    assert read_typed_date(text, NEAR) == []


@pytest.mark.parametrize("text", NO_YEAR)
def test_a_date_short_of_its_year_is_known_as_such(text: str) -> None:
    assert lacks_year(text)


@pytest.mark.parametrize(
    "text", UNREADABLE + [text for text, _ in ONE_READING] + ["June 31", "Juin 25", "6/32", "early"]
)
def test_other_texts_do_not_lack_a_year(text: str) -> None:
    assert not lacks_year(text)


@pytest.mark.parametrize(
    ("near", "text", "edtf"),
    [("1898-06", "6/25/98", "1898-06-25"), ("2018-04-27", "27 April '18", "2018-04-27"), ("1905", "'05", "1905")],
)
def test_a_two_digit_year_takes_the_century_of_the_key(near: str, text: str, edtf: str) -> None:
    assert read_typed_date(text, parse_edtf(near)) == [parse_edtf(edtf)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("13 January 1950", "1950-01-13"),
        ("January 13, 1950", "1950-01-13"),
        ("spring 1950", "1950-21"),
        ("winter 1950–51", "1950-24"),
        ("1950", "1950"),
        ("1800", "1800"),
        ("1950-06-25", "1950-06-25"),
        ("1945–48", "1945/1948"),
        ("9–10 October 1950", "1950-10-09/1950-10-10"),
        ("about 1950", "1950~"),
        ("25 June 1592", "1592-06-25"),
        ("1910-12", "1910-12"),
        ("25.6.1950", "1950-06-25"),
    ],
)
def test_an_author_spelling_that_reads_one_way_is_a_date(text: str, edtf: str) -> None:
    when = read_authored_date(text)
    assert when is not None
    assert when.edtf == edtf


@pytest.mark.parametrize(
    "text",
    ["38", "1.4 million", "1.4", "14", "1799", "2100", "1500-2000", "1200", "1950.6", "19,50", "6/7/1950",
     "winter 1950", "June '50", "6/25/50", "13 January", "May", "1950 men", "Stalin", "", "10,000", "7-8",
     "June 31, 1950"],
)  # fmt: skip
def test_an_answer_that_is_no_sure_date_is_none(text: str) -> None:
    assert read_authored_date(text) is None


def test_hostile_texts_are_refused_in_no_time() -> None:
    begin = time.perf_counter()
    for text in ("1-" * 5_000, "June " * 5_000, "-" * 100, "1-" * 50, "M1/" * 33, "ﷺ" * 100, " " * 100_000):
        assert read_typed_date(text, NEAR) == []
        assert not lacks_year(text)
    assert time.perf_counter() - begin < 1


DAYS = st.dates(datetime.date(1001, 1, 1), datetime.date(2999, 11, 30))
UNITS = st.sampled_from([Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR])
DATES = st.builds(unit_around, DAYS, UNITS)
INTERVALS = st.tuples(DATES, DATES).map(lambda pair: span(*sorted(pair, key=lambda when: (when.first, when.last))))


def spelled(day: datetime.date) -> list[str]:
    month = day.strftime("%B")
    return [
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day}th of {month}, {day.year}",
        f"{month[:3]}. {day.day} {day.year}",
        f"{day.day}-{month[:3].upper()}-{day.year}",
        f"{day.year}년 {day.month}월 {day.day}일",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.month}/{day.day}/{day.year % 100:02d}",
    ]


@settings(max_examples=100)
@given(DAYS)
def test_every_day_typed_in_ten_spellings_reads_as_that_day(day: datetime.date) -> None:
    near = unit_around(day, Precision.DAY)
    for text in spelled(day):
        assert near in read_typed_date(text, near), text
    for text in spelled(day)[:8]:
        assert len(read_typed_date(text, near)) == 1, text


@settings(max_examples=200)
@given(DATES | INTERVALS, st.sampled_from(["", "~", "?"]))
def test_every_date_shown_and_typed_back_is_among_its_readings(when: HistoricalDate, suffix: str) -> None:
    if when.precision is not Precision.INTERVAL:
        when = parse_edtf(when.edtf + suffix)
    spans = [(reading.first, reading.last) for reading in read_typed_date(show_date(when), when)]
    assert (when.first, when.last) in spans
    assert not lacks_year(show_date(when))


WORDS = st.sampled_from(
    ["June", "jan", "25", "6", "1950", "'50", "50", "winter", "summer", "early", "mid-", "late", "of", "on", "about",
     "c.", "~", "?", "-", "–", "/", ".", ",", "to", "1950s", "25th", "1950년", "6월", "25일", "00", "13"]
)  # fmt: skip


@settings(max_examples=200)
@given(st.text(max_size=120) | st.lists(WORDS, max_size=8).map(" ".join) | st.lists(WORDS, max_size=8).map("".join))
def test_any_text_reads_without_error_and_no_reading_runs_backwards(text: str) -> None:
    readings = read_typed_date(text, NEAR)
    for when in readings:
        assert when.first <= when.last
        assert show_date(when)
    assert not (readings and lacks_year(text))
    authored = read_authored_date(text)
    assert authored is None or authored.first <= authored.last


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("14 February 1950", ["1950-02-14"]),
        ("February 14, 1950", ["1950-02-14"]),
        ("1950-2-14", ["1950-02-14"]),
        ("winter 1950–51", ["1950-24"]),
        ("c. 1950", ["1950~"]),
        ("9-10 October 1950", ["1950-10-09/1950-10-10"]),
        ("6/7/1950", ["1950-06-07", "1950-07-06"]),
        ("１９５０", ["1950"]),
        ("soon", []),
        ("1950-13-45", []),
    ],
)
def test_a_date_in_words_is_spelt_as_a_deck_wants_it(text: str, spellings: list[str]) -> None:
    assert edtf_spellings(text) == spellings


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("late 1949 to early 1950", "1949-09/1950-04"),
        ("1945-1950s", "1945/1959"),
        ("1948 to early 1950", "1948/1950-04"),
        ("mid-June to late July 1950", "1950-06-11/1950-07-31"),
    ],
)
def test_a_span_between_spans_has_two_ends(text: str, edtf: str) -> None:
    reading = read_authored_date(text)
    assert reading is not None
    assert reading.edtf == edtf
    assert parse_edtf(edtf) == reading
    assert show_date(reading)
    for typed in ("1950", "1949", "December 1949", "1945", text):
        assert grade_date(typed, reading, None, []).verdict
