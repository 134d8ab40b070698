"""Comparing typed text: a normal form, one slip's distance, and the verdict (DESIGN §7, DEPENDENCIES.md §5).

Right is only ever equality of normal forms. A slip is shown and left to the learner; no score decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from quizkorea.core.verdicts import Judgement, close, right, unreadable, wrong

_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ı": "i", "ħ": "h"}
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣", "-") | dict.fromkeys("⁄∕", "/"))
_SPACED_RANGE = re.compile(r"(?<=\d) - (?=\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?:,\d{3})+|(?: \d{3})+)(?!\d|,\d|\.\d{3}[.,])")
_ARTICLE = re.compile(r"(?:the|an|a) ")  # a space must follow: the An of `An'guk` is none
_PLAIN = re.compile(r"[A-Za-z0-9 ]*")
"""Most answers: nothing in them needs folding, and a deck has tens of thousands of them."""
_TWO_NUMBERS = re.compile(r"\d +\d")
_APOSTROPHES = "'’‘‛ʼʻʾʿ′`"
"""Written in romanised names (`P’yŏngyang`), and left out; some count as letters in Unicode."""
_BETWEEN_DIGITS = ".,-:/"
_SLIP_MINIMUM = 4
"""Answers shorter than this have no near miss: one letter is too much of them."""
_TWO_SLIPS_FROM = 9


def normal_form(text: str) -> str:
    """The text without case, accents, articles, spaces and punctuation, but with what makes a number that number.

    `Kim Il-sung`, `kim ilsung` and `KIM IL SUNG` are one; `1.4 million` and `14 million`, `7-8` and `78` are not.
    Empty for a text that holds nothing to compare.
    """
    return _glued(normal_words(text))


def _glued(words: str) -> str:
    """Without spaces, but two numbers stay two: `7 8` is not `78`."""
    return re.sub(r"(?<=\d) (?=\d)", "_", words).replace(" ", "")


def normal_words(text: str) -> str:
    """Like `normal_form`, with single spaces between words. (A mark kept between digits is written tightly.)"""
    if _PLAIN.fullmatch(text) and not _TWO_NUMBERS.search(text):
        return _without_article(" ".join(text.lower().split()))
    return _words_of_any_text(text)


def _without_article(words: str) -> str:
    return (_ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words) or words


def _words_of_any_text(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES).translate(_PLAIN_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    composed = " ".join(unicodedata.normalize("NFC", bare).split())
    ranges = _SPACED_RANGE.sub("-", _without_article(composed))
    numbers = _THOUSANDS.sub(lambda m: m[1] + re.sub(r"[ ,]", "", m[2]), ranges)
    return " ".join(_kept_characters(numbers).split())


def _kept_characters(text: str) -> str:
    kept = []
    for at, character in enumerate(text):
        if character in _APOSTROPHES:
            continue
        keeps = character.isalnum() or character in "%‰&" or _is_sign(character) or _stands_in_number(text, at)
        kept.append(character if keeps else " ")
    return "".join(kept)


def _is_sign(character: str) -> bool:
    """Currency and mathematical signs say something; emoji and other pictures do not."""
    return unicodedata.category(character) in ("Sc", "Sm") and character != "~"


def _stands_in_number(text: str, at: int) -> bool:
    character = text[at]
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if not after.isdigit():
        return False
    if character in _BETWEEN_DIGITS and before.isdigit():
        return True
    return character in "-." and before in ("", " ", "$")  # minus five, .45


def slips_between(one: str, other: str, most: int) -> int:
    """Edit distance with adjacent swaps (optimal string alignment), given up as `most + 1` when larger."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    two_back: list[int] = []
    back = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(back[j] + 1, row[j - 1] + 1, back[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, two_back[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        two_back, back = back, row
    return min(back[-1], most + 1)


def is_near(typed: str, accepted: str) -> bool:
    """Whether a typed text is one slip away from an accepted one: worth showing, never right.

    The same words in another order; or the same first letter, the same digits, and one edit (two from nine letters).
    """
    words, other_words = normal_words(typed).split(), normal_words(accepted).split()
    if len(words) > 1 and words != other_words and sorted(words) == sorted(other_words):
        return True
    one, other = _glued(" ".join(words)), _glued(" ".join(other_words))
    if len(other) < _SLIP_MINIMUM or not one or one[0] != other[0] or _numbers(one) != _numbers(other):
        return False
    most = 2 if len(other) >= _TWO_SLIPS_FROM else 1
    return 0 < slips_between(one, other, most) <= most


def _numbers(text: str) -> list[str]:
    """The figures of a text; a scale word is one, for a slip between million and billion is a wrong figure."""
    return re.findall(r"[^\W_a-z]*\d[\d.,:/_-]*|hundred|thousand|million|billion|trillion", text)


def equals_any(typed: str, accepted: Iterable[str]) -> bool:
    """Whether the normal form of a typed text is that of an accepted one."""
    form = normal_form(typed)
    return bool(form) and any(form == normal_form(text) for text in accepted)


def judge_text(typed: str, accepted: Sequence[str], is_answer_elsewhere: Callable[[str], bool]) -> Judgement:
    """The verdict on a typed answer. `accepted` starts with the answer itself; aliases follow.

    `is_answer_elsewhere` is asked, with a normal form, only when a slip would be offered: a text that another card
    accepts is another name and no slip.
    """
    form = normal_form(typed)
    if not form:
        return unreadable("There is nothing to compare in that.")
    if equals_any(typed, accepted):
        shown = "" if form == normal_form(accepted[0]) else f"also known as {accepted[0]}"
        return right(shown)
    near = [text for text in accepted if is_near(typed, text)]
    if not near:
        return wrong("that is the answer to another card" if is_answer_elsewhere(form) else "")
    if is_answer_elsewhere(form):
        return wrong("that is the answer to another card")
    return close(f"you typed “{typed.strip()}”, the answer is “{near[0]}”")


def mentioned_terms(text: str, terms: Iterable[str]) -> tuple[str, ...]:
    """The terms that stand literally, as whole words, in a learner's text. Mentioned does not mean covered."""
    words = f" {normal_words(text)} "
    return tuple(term for term in terms if (form := normal_words(term)) and f" {form} " in words)
