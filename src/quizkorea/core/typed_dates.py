"""Dates as people type them (DEPENDENCIES §4): ordinary English, numbers, Korean, and the deck format's EDTF.

A text is cut into tokens, each of a one-letter kind; the string of kinds is the text's shape (`25 June 1950` is `nMy`),
and a table says which shapes are dates. What is in no table is unreadable: precision is never invented. `early`, `mid`
and `late` are spans: days 1–10, 11–20 and 21–end of a month, months 1–4, 5–8 and 9–12 of a year, one month of a season.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from quizkorea.core.date_words import Token, Tokens, plain_text, shape_of, tokens_of
from quizkorea.core.dates import (
    HistoricalDate,
    Precision,
    edtf_or_none,
    in_month,
    in_season,
    in_year,
    on_day,
    shifted,
    span,
)

TypedDate: TypeAlias = HistoricalDate
"""One reading of a typed text. Its `edtf` is the canonical spelling of what was read, not what was typed."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What one side of a range names; None: it does not say."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    part: int | None = None
    """0 early, 1 mid, 2 late."""


# Letters of a shape, and what each of them is: d day, m month, y year, s season, p part.
_SHAPES = {
    "y": "y", "M": "m", "S": "s", "n": "d", "ny": "dy",
    "nn": "dy", "nM": "dm", "Mn": "md", "nMy": "dmy", "nMn": "dmy", "Mny": "mdy", "Mnn": "mdy",
    "My": "my", "yM": "ym", "yMn": "ymd", "ynn": "ymd", "Sy": "sy", "Sn": "sy", "yS": "ys",
    "Py": "py", "PM": "pm", "PMy": "pmy", "PMn": "pmy", "PS": "ps", "PSy": "psy", "yPM": "ypm",
}  # fmt: skip
_DASHED = ("n-M-y", "n-M-n", "M-n-y", "M-n-n", "M-y", "y-M-n", "y-M")
_WINTERS = ("Sy-y", "Sy-n", "Sy/y", "Sy/n")
_NUMERIC_DAYS = ("ynn", "nny", "nnn")
_FIELD = {"d": "day", "m": "month", "y": "year", "s": "season", "p": "part"}


def read_typed_date(text: str, near: HistoricalDate) -> list[TypedDate]:
    """Every date that the text may mean, the likelier first; nothing if it is no date, or an impossible one.

    A two-digit year takes the century of `near`. `6/7/50` means two days, and `winter 1950` two winters.
    """
    plain = plain_text(text)
    exact = edtf_or_none(plain)
    readings = {} if exact is None else {(exact.first, exact.last, exact.precision): exact}
    if tokens := tokens_of(plain, near.first.year // 100 * 100):
        about = tokens[0].kind == "~"
        for when in _dates(tokens[about:]):
            marked = replace(when, edtf=f"{when.edtf}~", approximate=True) if about else when
            readings.setdefault((when.first, when.last, when.precision), marked)
    return list(readings.values())


def lacks_year(text: str) -> bool:
    """Whether a text names a day, month or season but no year (`June 25`, `6/25`), and would be a date with one."""
    near = in_year(2000)  # a leap year: 29 February is only short of its year
    tokens = tokens_of(plain_text(text), near.first.year)
    if not tokens or read_typed_date(text, near):
        return False
    shape = shape_of(tokens)
    if shape in ("n/n", "n.n"):
        return any(_numeric((*tokens, Token(shape[1]), Token("y", 2000, 2000))))
    return ("M" in shape or "S" in shape) and any(_dates((*tokens[shape[0] == "~" :], Token("y", 2000, 2000))))


def edtf_spellings(text: str) -> list[str]:
    """How a date in ordinary words is written in a deck; every reading, none if it cannot be read."""
    return [reading.edtf for reading in read_typed_date(text, in_year(1950))]


def read_authored_date(text: str) -> HistoricalDate | None:
    """The date that the answer of a gap is, or None: it must have one reading only, and a year of four digits.

    Numbers alone (`1950`, `1945-48`) are years only from 1800 to 2099; `38` and `1.4 million` are no dates.
    """
    plain = plain_text(text)
    if (exact := edtf_or_none(plain)) is not None:
        readings = [exact]
    elif not re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", plain) or re.fullmatch(r"[0-9]+[.,][0-9]+", plain):
        return None
    else:
        readings = read_typed_date(text, in_year(1950))
    if len(readings) != 1:
        return None
    [when] = readings
    spelled_out = any(letter.isalpha() for letter in plain) or len(re.findall("[0-9]+", plain)) > 2
    return when if spelled_out or (when.first.year >= 1800 and when.last.year <= 2099) else None


def _dates(tokens: Tokens) -> Iterator[HistoricalDate]:
    """Readings of all the tokens together: one date, or a range between two."""
    yield from _single(tokens)
    shape = shape_of(tokens)
    if (shape in _WINTERS and tokens[0].value == 24) or (shape[::2] in _NUMERIC_DAYS and shape[1] == shape[3]):
        return
    for place, token in enumerate(tokens):
        if token.kind in ("-", "/"):
            yield from _range(tokens[:place], tokens[place + 1 :])


def _single(tokens: Tokens) -> Iterator[HistoricalDate]:
    """Readings that are one date, and not a range between two."""
    shape = shape_of(tokens)
    if shape == "D":
        yield span(in_year(tokens[0].value), in_year(tokens[0].value + 9))
    elif shape in _WINTERS and tokens[0].value == 24:
        if _completed(tokens[1].value, tokens[3]) == tokens[1].value + 1:
            yield in_season(tokens[1].value, 24)
    elif parts := _parts(tokens):
        yield from _built(parts)
    else:
        yield from _numeric(tokens)


def _range(left: Tokens, right: Tokens) -> Iterator[HistoricalDate]:
    """Readings from one date to another; what one end leaves out (`9-10 October 1950`) the other supplies."""
    begins, finishes = list(_single(left)), list(_single(right))
    if shape_of(right) == "n" and "d" not in _SHAPES.get(shape_of(left), ""):
        last = _completed(left[0].value, right[0]) if shape_of(left) == "y" else None
        finishes = [in_year(last)] if last else []
    elif (before := _parts(left)) and (after := _parts(right)):
        begins, finishes = list(_built(_filled(before, after))), list(_built(_filled(after, before)))
    yield from (span(begin, finish) for begin in begins for finish in finishes if begin.first <= finish.last)


def _completed(year: int, token: Token) -> int | None:
    """The second year of `1950–51`, `1950–1951` or `1999–00`; None if it is not later."""
    if token.year is None or token.kind == "y":
        last = token.year
    else:
        last = year // 100 * 100 + token.value + (100 if year % 100 == 99 and token.value == 0 else 0)
    return last if last is not None and last > year else None


def _parts(tokens: Tokens) -> _Parts | None:
    """What the tokens name, if their shape is in the table."""
    shape = shape_of(tokens)
    if shape in _DASHED:
        tokens = tokens[::2]
        shape = shape_of(tokens)
    fields = _SHAPES.get(shape, "")
    if shape in ("n", "Mn") and tokens[-1].value > 31:
        fields = fields[:-1] + "y"
    values = [token.year if field == "y" else token.value for field, token in zip(fields, tokens, strict=False)]
    if not fields or None in values:
        return None
    return _Parts(**{_FIELD[field]: value for field, value in zip(fields, values, strict=True)})


def _filled(side: _Parts, other: _Parts) -> _Parts:
    """One side of a range, with year and month of the other where it has none; empty where that would be a guess."""
    if side.day is not None and side.month is None:
        if other.day is None or other.month is None:
            return _Parts()
        side = replace(side, month=other.month)
    if side.year is not None or (other.month, other.season, other.day) == (None, None, None):
        return side
    return replace(side, year=other.year)


def _built(parts: _Parts) -> Iterator[HistoricalDate]:
    """The dates that the parts make; none if they are too few, or there is no such day."""
    year, month = parts.year, parts.month
    if year is None or (parts.day is not None and month is None):
        return
    if parts.season is not None:
        winters = (0, 1) if parts.season == 24 else (0,)
        wholes = [in_season(year - back, parts.season) for back in winters]
    else:
        wholes = list(_existing((year, month, parts.day)))
    yield from (whole if parts.part is None else _third(whole, parts.part) for whole in wholes)


def _existing(*candidates: tuple[int, int | None, int | None]) -> Iterator[HistoricalDate]:
    """Year, month and day as dates, as far as there are such."""
    for year, month, day in candidates:
        try:
            whole = in_year(year) if month is None else in_month(year, month)
            yield whole if month is None or day is None else on_day(year, month, day)
        except ValueError:
            continue


def _third(whole: HistoricalDate, part: int) -> HistoricalDate:
    """The early, middle or late part of a month, season or year."""
    year, month = whole.first.year, whole.first.month
    if whole.precision is Precision.YEAR:
        return span(in_month(year, 4 * part + 1), in_month(year, 4 * part + 4))
    if whole.precision is Precision.SEASON:
        one = shifted(in_month(year, month), part)
        return span(one, one)
    last = whole.last.day if part == 2 else 10 * part + 10
    return span(on_day(year, month, 10 * part + 1), on_day(year, month, last))


def _numeric(tokens: Tokens) -> Iterator[HistoricalDate]:
    """`1950-06-25`, `6/25/50` with month or day first, `6/1950`: numbers with one and the same sign between them."""
    numbers, signs = tokens[::2], {token.kind for token in tokens[1::2]}
    kinds = shape_of(numbers)
    if len(tokens) % 2 == 0 or len(signs) != 1 or not signs < set("-/.") or not set(kinds) <= {"n", "y"}:
        return
    values, first, last = [number.value for number in numbers], numbers[0].year, numbers[-1].year
    if kinds in ("nny", "nnn") and last is not None:
        yield from _existing((last, values[0], values[1]), (last, values[1], values[0]))
    if first is not None and (kinds == "ynn" or (kinds == "nnn" and values[0] > 31)):
        yield from _existing((first, values[1], values[2]))
    if first is not None and kinds == "yn":
        yield from _existing((first, values[1], None))
    if last is not None and (kinds == "ny" or (kinds == "nn" and values[1] > 31)):
        yield from _existing((last, values[0], None))
