"""The verdict on a typed date (DESIGN §7). The key is the date cut to what the card asks for.

Everything is decided by spans of days. Tried in this order: the key, or something finer that agrees with the date (lies
in it, or holds all of it), is right; a disputed value is close; something finer inside the key but against the date is
close, as is one unit off a date with `~`; what holds the key is partial; what has no day in common with it is wrong. An
`about` in the answer changes nothing. Choices that DESIGN leaves open:

- an answer that overlaps the key but neither holds it nor lies in it (`winter 1950–51` where a year is asked) is
  partial if it holds the date (2/3), 1/3 if it shares only some days with it, and wrong if it excludes it;
- where the whole interval is asked, an answer that has one end of it right earns 2/3, any other part of it 1/3;
- an interval typed where none is asked counts as coarse as the shortest unit that is at least as long.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from quizkorea.core.dates import (
    HistoricalDate,
    Precision,
    cut_to,
    edtf_or_none,
    ends,
    shifted,
    show_date,
    unit_around,
)
from quizkorea.core.typed_dates import lacks_year, read_authored_date, read_typed_date
from quizkorea.core.verdicts import Judgement, Verdict, close, partial, right, unreadable, wrong

MOSTLY, PARTLY = 2 / 3, 1 / 3
_BEST_FIRST = (Verdict.RIGHT, Verdict.CLOSE, Verdict.PARTIAL, Verdict.WRONG)
_UNITS = (Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR)
_ONE_STEP_COARSER = {("day", "month"), ("month", "season"), ("month", "year"), ("season", "year")}


def grade_date(text: str, date: HistoricalDate, ask: Precision | None, disputed: Sequence[HistoricalDate]) -> Judgement:
    """Judge a typed date. Of several readings (`6/7/50`) the best counts, and the message says which it was."""
    readings = read_typed_date(text, date)
    if not readings:
        return unreadable(_why_unreadable(text))
    key = cut_to(date, ask)
    judged = [(_grade(reading, key, date, ask, disputed), reading) for reading in readings]
    best, reading = min(judged, key=lambda pair: _rank(pair[0], pair[1], key))
    if len(readings) == 1:
        return best
    taken = f"read as {show_date(reading)}"
    return Judgement(best.verdict, f"{taken}: {best.message}" if best.message else taken, best.credit)


def disputed_dates(values: Iterable[str]) -> list[HistoricalDate]:
    """Those of the disputed values that are dates, written as EDTF or in words; any other text is left out."""
    dates = (edtf_or_none(value) or read_authored_date(value) for value in values)
    return [date for date in dates if date is not None]


def _why_unreadable(text: str) -> str:
    if not text.strip():
        return "nothing to read"
    if lacks_year(text):
        return "add the year"
    return "not a date that I can read: write it like 9 March 1948, March 1948 or 1948"


def _rank(judgement: Judgement, reading: HistoricalDate, key: HistoricalDate) -> tuple[int, float, int]:
    """Best verdict first, then most credit, then the smallest distance."""
    distance = max((reading.first - key.last).days, (key.first - reading.last).days, 0)
    return _BEST_FIRST.index(judgement.verdict), -judgement.credit, distance


def _grade(
    typed: HistoricalDate,
    key: HistoricalDate,
    date: HistoricalDate,
    ask: Precision | None,
    disputed: Sequence[HistoricalDate],
) -> Judgement:
    whole_interval = key.precision is Precision.INTERVAL
    inside = _holds(key, typed)
    if _same(typed, key):
        return right("no “about” is needed" if typed.approximate and not date.approximate else "")
    if inside and not whole_interval and (_holds(date, typed) or _holds(typed, date)):
        return right("" if _holds(typed, date) else _what_is_known(date))
    if claimed := _disputed_value(typed, ask, disputed):
        return close(f"{show_date(claimed)} is what another source says; the answer here is {show_date(date)}")
    if inside and not whole_interval:
        return close(f"the {key.precision} is right; it was {_shortly(date, key)}")
    if date.approximate and _one_unit_off(typed, date, ask):
        return close(f"close to it; it was {show_date(date)}")
    if not _meet(typed, date):
        return wrong(_how_far(typed, key if not _meet(typed, key) else date))
    if _holds(typed, date):
        return partial(_credit(typed, key), f"right as far as it goes; it was {show_date(key)}")
    if whole_interval and (typed.first == key.first or typed.last == key.last):
        return partial(MOSTLY, f"right in part; the whole is {show_date(key)}")
    return partial(PARTLY, f"right in part; it was {show_date(date)}")


def _what_is_known(date: HistoricalDate) -> str:
    if date.precision is Precision.INTERVAL:
        return f"the whole is {show_date(date)}"
    return f"the date is known only as {show_date(date)}"


def _same(one: HistoricalDate, other: HistoricalDate) -> bool:
    return (one.first, one.last) == (other.first, other.last)


def _holds(outer: HistoricalDate, inner: HistoricalDate) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _meet(one: HistoricalDate, other: HistoricalDate) -> bool:
    return one.first <= other.last and other.first <= one.last


def _disputed_value(
    typed: HistoricalDate, ask: Precision | None, disputed: Sequence[HistoricalDate]
) -> HistoricalDate | None:
    """The disputed value that was typed, in full or cut to what the card asks for."""
    return next((value for value in disputed if _same(typed, value) or _same(typed, cut_to(value, ask))), None)


def _shortly(date: HistoricalDate, key: HistoricalDate) -> str:
    """`the 11th` where the month is already said; else the date in full."""
    if date.precision is not Precision.DAY or key.precision is not Precision.MONTH or date.approximate:
        return show_date(date)
    day = date.first.day
    return f"the {day}{'th' if 11 <= day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _one_unit_off(typed: HistoricalDate, date: HistoricalDate, ask: Precision | None) -> bool:
    """Whether an answer would fit if the date were one of its own units earlier or later; of an interval, each end."""
    if date.precision is not Precision.INTERVAL:
        neighbours = (cut_to(shifted(date, step), ask) for step in (-1, 1))
        return any(_holds(neighbour, typed) for neighbour in neighbours)
    if typed.precision is not Precision.INTERVAL:
        return False
    left, right_end = ends(date)
    firsts = {shifted(left, step).first for step in (-1, 0, 1)}
    lasts = {shifted(right_end, step).last for step in (-1, 0, 1)}
    return typed.first in firsts and typed.last in lasts


def _coarseness(when: HistoricalDate) -> Precision | None:
    """The precision of an answer; None if it is coarser than a year."""
    if when.precision is not Precision.INTERVAL:
        return when.precision
    days = (when.last - when.first).days + 1
    longest = zip((1, 31, 92, 366), _UNITS, strict=True)
    return next((unit for limit, unit in longest if days <= limit), None)


def _fineness(when: HistoricalDate) -> Precision:
    """The precision of a key: the longest unit that an interval is sure to hold."""
    if when.precision is not Precision.INTERVAL:
        return when.precision
    days = (when.last - when.first).days + 1
    shortest = zip((365, 90, 28), reversed(_UNITS), strict=False)
    return next((unit for limit, unit in shortest if days >= limit), Precision.DAY)


def _credit(typed: HistoricalDate, key: HistoricalDate) -> float:
    """For an answer that holds the date: 2/3 if it is one step coarser than the key or less, or has one end right."""
    if key.precision is Precision.INTERVAL and (typed.first == key.first or typed.last == key.last):
        return MOSTLY
    known, said = _fineness(key), _coarseness(typed)
    if said is None:
        return PARTLY
    no_coarser = _UNITS.index(said) <= _UNITS.index(known)
    return MOSTLY if no_coarser or (known, said) in _ONE_STEP_COARSER else PARTLY


def _how_far(typed: HistoricalDate, target: HistoricalDate) -> str:
    """`3 days early`, `2 months late`, `a year late`: the typed date against the right one, which it does not meet."""
    late = typed.first > target.last
    if typed.precision is target.precision is Precision.INTERVAL:
        begin, end = sorted((typed.first, target.first))
    else:
        begin, end = (target.last, typed.first) if late else (typed.last, target.first)
    unit = max(_fineness(typed), _fineness(target), key=_UNITS.index)
    return f"{_distance(begin, end, unit)} {'late' if late else 'early'}"


def _distance(begin: datetime.date, end: datetime.date, unit: Precision) -> str:
    """The time between two different days, in the unit in which both are known or a coarser one that reads better."""
    days = (end - begin).days
    months = (end.year - begin.year) * 12 + end.month - begin.month
    if unit is Precision.YEAR and end.year > begin.year:
        return _count(end.year - begin.year, "year")
    if unit is Precision.SEASON and (seasons := _seasons_between(begin, end)):
        about = "about " if seasons % 4 else ""
        return _count(seasons, "season") if seasons < 4 else about + _count(round(seasons / 4), "year")
    if unit is Precision.DAY or months == 0:
        if days <= 31:
            return _count(days, "day")
        if begin.day != end.day:
            return (
                f"about {_count(round(days / 30.44), 'month') if days < 540 else _count(round(days / 365.25), 'year')}"
            )
    if months < 12 or (months < 24 and months != 12):
        return _count(months, "month")
    return f"{'about ' if months % 12 else ''}{_count(round(months / 12), 'year')}"


def _seasons_between(begin: datetime.date, end: datetime.date) -> int:
    one, other = (unit_around(day, Precision.SEASON).first for day in (begin, end))
    return ((other.year - one.year) * 12 + other.month - one.month) // 3


def _count(number: int, unit: str) -> str:
    return f"a {unit}" if number == 1 else f"{number} {unit}s"
