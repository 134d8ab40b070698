"""The words of a typed date: text in, tokens out. What the tokens mean together is for `typed_dates` to say."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from quizkorea.core.dates import EARLIEST_YEAR, LATEST_YEAR, MONTH_NAMES

LONGEST = 100
_SEASONS = {
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24, "봄": 21, "여름": 22, "가을": 23, "겨울": 24,
}  # fmt: skip
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NOISE = ("of", "the", "in", "on", "during", "from", "between")
_ABOUT = ("c", "ca", "circa", "about", "around", "approximately", "approx", "roughly", "약")
_TO = ("to", "until", "till", "through")
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−〜"} | {ord(quote): "'" for quote in "’‘ʼ`´"}


@dataclass(frozen=True, slots=True)
class Token:
    """Kinds: n number of one or two digits, y year, M month, S season, P part of one, D decade, `~` about, - / . ?"""

    kind: str
    value: int = 0
    year: int | None = None
    """The year that it would be; None if it cannot be one."""


Tokens: TypeAlias = tuple[Token, ...]


def plain_text(text: str) -> str:
    """One spelling of what looks alike; empty for a text too long to be a date."""
    text = text.strip()
    if len(text) > LONGEST:
        return ""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    text = " ".join(text.split()).removesuffix("(uncertain)").strip(" .,;!")
    return text.replace(" and ", " to ") if text.startswith("between ") else text


@cache
def _token_pattern() -> re.Pattern[str]:
    """Number with its ending, two-digit year after an apostrophe, word, sign, or blank; compiled when first needed."""
    return re.compile(
        r"(?P<number>[0-9]+)(?P<ending>(?:st|nd|rd|th|s)(?![^\W\d_])|[년월일年月日])?|'(?P<short>[0-9]{2})(?![0-9])"
        r"|(?P<word>[^\W\d_]+)\.?|(?P<sign>[-/~?]|\.(?=[0-9]))|[ ,.]"
    )


def tokens_of(plain: str, century: int) -> Tokens:
    """The text as tokens; none if some of it is nothing that a date holds. `about` comes out as a leading `~`."""
    tokens: list[Token] = []
    position = 0
    while position < len(plain):
        match = _token_pattern().match(plain, position)
        token = match and _token(match, century)
        if not match or not token:
            return ()
        position = match.end()
        if token.kind and not (token.kind == "-" and tokens and tokens[-1].kind == "P"):
            tokens.append(token)
    if tokens and tokens[-1].kind == "?":
        tokens.pop()
    if tokens and tokens[-1].kind == "~":
        tokens.insert(0, tokens.pop())
    if tokens and tokens[0].kind == "about":
        tokens[0] = Token("~")
    return (*tokens[:1], *(Token("-") if token.kind == "~" else token for token in tokens[1:]))


def _token(match: re.Match[str], century: int) -> Token | None:
    """One token; of kind "" if it says nothing, None if it belongs to no date."""
    if match["number"]:
        return _number(match["number"], match["ending"] or "", century)
    if match["short"]:
        return Token("y", century + int(match["short"]), century + int(match["short"]))
    if match["word"]:
        return _word(match["word"])
    return Token(match["sign"] or "")


def _number(digits: str, ending: str, century: int) -> Token | None:
    value = int(digits)
    year = value if len(digits) == 4 else century + value if len(digits) == 2 else None
    if len(digits) > 4 or len(digits) == 3 or (len(digits) == 4 and not EARLIEST_YEAR <= value <= LATEST_YEAR):
        return None
    if ending in ("년", "年") or (len(digits) == 4 and not ending):
        return Token("y", year, year) if year else None
    if ending == "s":
        return Token("D", value) if len(digits) == 4 and value % 10 == 0 else None
    if len(digits) == 4:
        return None
    if ending in ("월", "月"):
        return Token("M", value)
    return Token("n", value, None if ending else year)


def _word(word: str) -> Token | None:
    if word in _NOISE or _starts_one_of(_WEEKDAYS, word):
        return Token("")
    if word in _ABOUT:
        return Token("about")
    if word in _TO:
        return Token("-")
    if word in _SEASONS:
        return Token("S", _SEASONS[word])
    if word in _PARTS:
        return Token("P", _PARTS[word])
    month = _starts_one_of(MONTH_NAMES, word)
    return Token("M", month) if month else None


def _starts_one_of(names: tuple[str, ...], word: str) -> int:
    """1-based place of the name that a word of three letters or more begins; 0 if there is none."""
    places = (place for place, name in enumerate(names, 1) if len(word) > 2 and name.casefold().startswith(word))
    return next(places, 0)


def shape_of(tokens: Tokens) -> str:
    """The kinds in a row: what the table of shapes is asked for."""
    return "".join(token.kind for token in tokens)
