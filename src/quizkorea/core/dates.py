"""Historical dates: the EDTF subset of deck format 1 (DESIGN §3).

A date is a span of days with the precision at which it is known. `parse_edtf` reads what an author wrote, `show_date`
writes it for a reader, and `cut_to` makes the key of a card from a date and the precision asked for.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from quizkorea.core.errors import DateError


class Precision(StrEnum):
    """How exactly a date is known or asked for."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class HistoricalDate:
    """A span of days, first to last inclusive, with the precision at which it is known."""

    edtf: str
    """For an interval always `LEFT/RIGHT`: both ends can be read back from it."""
    first: date
    last: date
    precision: Precision
    approximate: bool = False
    uncertain: bool = False


MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASON_NAMES = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
EARLIEST_YEAR, LATEST_YEAR = 1000, 2999
_COARSENESS = (Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR)
_SIMPLE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?]?)")
_EXAMPLES = "write it like 1950, 1950-02, 1950-02-14, 1950-22 (summer) or 1950-10-09/1950-10-10"


def on_day(year: int, month: int, day: int) -> HistoricalDate:
    """One day. A ValueError if there is none such; so do its three sisters below."""
    when = date(year, month, day)
    return HistoricalDate(when.isoformat(), when, when, Precision.DAY)


def in_month(year: int, month: int) -> HistoricalDate:
    last = date(year, month, monthrange(year, month)[1])
    return HistoricalDate(f"{year:04d}-{month:02d}", last.replace(day=1), last, Precision.MONTH)


def in_season(year: int, season: int) -> HistoricalDate:
    """Season 21 (spring, March to May) to 24 (winter, December to February of the next year)."""
    if season not in SEASON_NAMES:
        raise ValueError(f"season {season} does not exist")
    begin = in_month(year, 3 * (season - 20))
    return HistoricalDate(f"{year:04d}-{season}", begin.first, shifted(begin, 2).last, Precision.SEASON)


def in_year(year: int) -> HistoricalDate:
    return HistoricalDate(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def span(left: HistoricalDate, right: HistoricalDate) -> HistoricalDate:
    """From the first day of `left` to the last of `right`. A ValueError if that runs backwards."""
    if right.last < left.first:
        raise ValueError(f"{left.edtf}/{right.edtf} runs backwards")
    # either may be an interval itself (`late 1949 to early 1950`): the outer ends are those of the whole
    return HistoricalDate(
        f"{left.edtf.partition('/')[0]}/{right.edtf.rpartition('/')[2]}",
        left.first,
        right.last,
        Precision.INTERVAL,
        left.approximate or right.approximate,
        left.uncertain or right.uncertain,
    )


def ends(interval: HistoricalDate) -> tuple[HistoricalDate, HistoricalDate]:
    """The two dates between which an interval runs, as precise as they were written."""
    left, right = interval.edtf.split("/")
    return _read_simple(left), _read_simple(right)


def unit_around(day: date, unit: Precision) -> HistoricalDate:
    """The day, month, season or year that a day lies in: 10 January 1951 lies in winter 1950–51."""
    if unit is Precision.DAY:
        return on_day(day.year, day.month, day.day)
    if unit is Precision.MONTH:
        return in_month(day.year, day.month)
    if unit is Precision.SEASON:
        return in_season(day.year - (day.month < 3), 20 + (day.month // 3 or 4))
    return in_year(day.year)


def shifted(when: HistoricalDate, steps: int) -> HistoricalDate:
    """As many days, months, seasons or years later as `steps` says; the unit is the date's own. Not for intervals."""
    if when.precision is Precision.DAY:
        return unit_around(when.first + timedelta(days=steps), Precision.DAY)
    months = {Precision.MONTH: 1, Precision.SEASON: 3}.get(when.precision, 12) * steps
    year, month = divmod(when.first.year * 12 + when.first.month - 1 + months, 12)
    return unit_around(date(year, month + 1, 1), when.precision)


def can_ask(when: HistoricalDate, ask: Precision | None) -> bool:
    """Whether a card may ask for `ask` when this much is known: never finer than the date, never across a border.

    An interval may be asked as a month, season or year only if the whole of it lies in one; so winter, which lies in
    two years, cannot be asked as a year.
    """
    if ask is None or ask is when.precision:
        return True
    if ask in (Precision.INTERVAL, Precision.DAY):
        return False
    if when.precision is not Precision.INTERVAL and _COARSENESS.index(ask) < _COARSENESS.index(when.precision):
        return False
    return when.last <= unit_around(when.first, ask).last


def cut_to(when: HistoricalDate, ask: Precision | None) -> HistoricalDate:
    """The key of a card: the date at the precision asked for. Unchanged if `ask` is None or `can_ask` forbids it."""
    if ask is None or ask is when.precision or not can_ask(when, ask):
        return when
    cut = unit_around(when.first, ask)
    suffix = "~" if when.approximate else "?" if when.uncertain else ""
    return replace(cut, edtf=cut.edtf + suffix, approximate=when.approximate, uncertain=when.uncertain)


def parse_edtf(text: str) -> HistoricalDate:
    """Read a date of deck format 1. Raises DateError, whose hint says how to write it."""
    text = text.strip()
    parts = text.split("/")
    if not text:
        raise DateError("the date is empty", _EXAMPLES)
    if len(parts) == 2 and any(part.strip() in ("", "..") for part in parts):
        raise DateError("an interval needs both ends", "write it like 1950-10-09/1950-10-10")
    if text.endswith(("%", "~?", "?~")):
        raise DateError(f"“{text}” is about and uncertain at once", "end it in ~ (about) or ? (uncertain), not both")
    if not _looks_like_edtf(parts):
        raise DateError(f"“{_shorten(text)}” is no date of the deck format", _EXAMPLES)
    if len(parts) == 1:
        return _read_simple(text)
    left, right = (_read_simple(part) for part in parts)
    if right.last < left.first:
        raise DateError(f"the interval {text} runs backwards", f"write the earlier end first: {right.edtf}/{left.edtf}")
    return replace(span(left, right), edtf=text)


def edtf_or_none(text: str) -> HistoricalDate | None:
    """What `parse_edtf` reads, or None for any text that it refuses."""
    if not _looks_like_edtf(text.strip().split("/")):
        return None
    try:
        return parse_edtf(text)
    except DateError:
        return None


def _looks_like_edtf(parts: list[str]) -> bool:
    return len(parts) <= 2 and all(_SIMPLE.fullmatch(part) for part in parts)


def _read_simple(text: str) -> HistoricalDate:
    match = _SIMPLE.fullmatch(text)
    if match is None:
        raise DateError(f"“{_shorten(text)}” is no date of the deck format", _EXAMPLES)
    month, day = (int(digits) if digits else None for digits in (match[2], match[3]))
    when = _checked(int(match[1]), month, day)
    return replace(when, edtf=text, approximate=match[4] == "~", uncertain=match[4] == "?")


def _checked(year: int, month: int | None, day: int | None) -> HistoricalDate:
    """A simple date from its numbers, each of them checked."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateError(f"year {year:04d} is out of range", f"write a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    if month is None:
        return in_year(year)
    if day is None and month in SEASON_NAMES:
        return in_season(year, month)
    if not 1 <= month <= 12:
        hint = "write a month from 01 to 12, or 21 (spring), 22 (summer), 23 (autumn), 24 (winter)"
        raise DateError(f"month {month:02d} does not exist", f"{hint}, like {year}-02 or {year}-22")
    if day is None:
        return in_month(year, month)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        wrong = "day 00 does not exist" if day == 0 else f"{MONTH_NAMES[month - 1]} {year} has {days} days"
        raise DateError(wrong, f"write a day from {year}-{month:02d}-01 to {year}-{month:02d}-{days}")
    return on_day(year, month, day)


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def show_date(when: HistoricalDate) -> str:
    """As a reader expects it: `14 February 1950`, `9–10 October 1950`, `winter 1950–51`, `about 1950`."""
    shown = _show_interval(when) if when.precision is Precision.INTERVAL else _show_simple(when)
    return f"{'about ' if when.approximate else ''}{shown}{' (uncertain)' if when.uncertain else ''}"


def _show_simple(when: HistoricalDate) -> str:
    year, month = when.first.year, MONTH_NAMES[when.first.month - 1]
    if when.precision is Precision.DAY:
        return f"{when.first.day} {month} {year}"
    if when.precision is Precision.MONTH:
        return f"{month} {year}"
    if when.precision is Precision.YEAR:
        return f"{year}"
    season = SEASON_NAMES[20 + when.first.month // 3]
    if season != "winter":
        return f"{season} {year}"
    next_year = f"{(year + 1) % 100:02d}" if (year + 1) % 100 else f"{year + 1}"
    return f"winter {year}–{next_year}"


def _show_interval(when: HistoricalDate) -> str:
    left, right = ends(when)
    begin, end = _show_simple(left), _show_simple(right)
    if begin == end:
        return begin
    alike = left.precision is right.precision
    if alike and left.precision is Precision.YEAR:
        return f"{begin}–{end}"
    if alike and left.first.year == right.first.year and left.precision is not Precision.SEASON:
        begin = begin.removesuffix(f" {left.first.year}")
        if left.precision is Precision.MONTH:
            return f"{begin}–{end}"
        if left.first.month == right.first.month:
            return f"{left.first.day}–{end}"
    return f"{begin} – {end}"
