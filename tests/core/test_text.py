"""Typed text: right only by equality of normal forms; a slip is shown; another card's answer is no slip."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from factories import everywhere, nowhere
from hypothesis import given
from hypothesis import strategies as st

from quizkorea.core.text import (
    equals_any,
    is_near,
    judge_text,
    mentioned_terms,
    normal_form,
    normal_words,
    slips_between,
)
from quizkorea.core.verdicts import Verdict

RIGHT, CLOSE, WRONG, UNREADABLE = Verdict.RIGHT, Verdict.CLOSE, Verdict.WRONG, Verdict.UNREADABLE


@pytest.mark.parametrize(
    ("typed", "accepted", "verdict"),
    [
        ("Kim Il Sung", ["Kim Il-sung"], RIGHT),
        ("Kim Ilsung", ["Kim Il-sung"], RIGHT),
        ("kim il-song", ["Kim Il-sung"], CLOSE),
        ("Kim Il", ["Kim Il-sung"], WRONG),
        ("Kim Il-sung", ["Kim Il"], WRONG),
        ("Kim Jong-il", ["Kim Il-sung"], WRONG),
        ("Lushun", ["Lüshun", "Port Arthur"], RIGHT),
        ("port arthur", ["Lüshun", "Port Arthur"], RIGHT),
        ("Lüshunkou", ["Lüshun"], WRONG),  # until the author adds an alias
        ("Chou En-lai", ["Zhou Enlai", "Chou En-lai"], RIGHT),
        ("Zhou En Lai", ["Zhou Enlai", "Chou En-lai"], RIGHT),
        ("Chou Enlai", ["Zhou Enlai"], WRONG),  # until the author adds an alias
        ("Zhu De", ["Zhou Enlai"], WRONG),
        ("Kuomintang", ["Guomindang", "Kuomintang", "KMT"], RIGHT),
        ("KMT", ["Guomindang", "Kuomintang", "KMT"], RIGHT),
        ("Guomindan", ["Guomindang"], CLOSE),
        ("Liu Xiao", ["Liu Shaoqi"], WRONG),
        ("Liu Shao-qi", ["Liu Shaoqi"], RIGHT),
        ("Liu Shaoqui", ["Liu Shaoqi"], CLOSE),
        ("Sygman Rhee", ["Syngman Rhee", "Yi Seung-man"], CLOSE),
        ("Yi Sung-man", ["Syngman Rhee", "Yi Seung-man"], CLOSE),
        ("Rhee Syngman", ["Syngman Rhee"], CLOSE),
        ("Peng Zhen", ["Peng Dehuai"], WRONG),
        ("Park Hon-yong", ["Pak Hon-yong"], CLOSE),
        ("Pak Hŏn-yŏng", ["Pak Hon-yong"], RIGHT),
        ("Mao Zedong", ["Mao Zemin"], WRONG),
        ("Li Biao", ["Lin Biao"], CLOSE),  # wrong where another card accepts it: see below
        ("37th parallel", ["38th parallel"], WRONG),
        ("Resolution 83", ["Resolution 82"], WRONG),
        ("not Stalin", ["Stalin"], WRONG),
        ("north korea", ["South Korea"], WRONG),
        ("General MacArthur", ["MacArthur"], WRONG),  # until the author adds an alias
        ("김일성", ["김일성"], RIGHT),
        ("毛泽东", ["毛泽东"], RIGHT),
    ],
)
def test_every_pair_of_the_study_gets_the_verdict_it_wants(typed: str, accepted: list[str], verdict: Verdict) -> None:
    assert judge_text(typed, accepted, nowhere).verdict == verdict


@pytest.mark.parametrize("typed", ["Li Biao", "kim il-song", "Rhee Syngman"])
def test_a_slip_that_is_the_answer_to_another_card_is_wrong(typed: str) -> None:
    judgement = judge_text(typed, ["Lin Biao", "Kim Il-sung", "Syngman Rhee"], everywhere)
    assert judgement.verdict == WRONG
    assert "another card" in judgement.message


def test_what_is_right_here_is_right_even_if_another_card_accepts_it_too() -> None:
    assert judge_text("Lin Biao", ["Lin Biao"], everywhere).verdict == RIGHT


def test_other_cards_are_asked_with_the_normal_form() -> None:
    asked: list[str] = []
    judge_text(" LI Biao! ", ["Lin Biao"], lambda form: bool(asked.append(form)))
    assert asked == ["libiao"]


def test_a_close_verdict_shows_both_spellings() -> None:
    message = judge_text(" Guomindan ", ["Guomindang"], nowhere).message
    assert "“Guomindan”" in message
    assert "“Guomindang”" in message


def test_an_alias_is_right_and_names_the_answer() -> None:
    assert judge_text("KMT", ["Guomindang", "KMT"], nowhere).message == "also known as Guomindang"
    assert judge_text("Guomindang", ["Guomindang", "KMT"], nowhere).message == ""


SAME = [
    ("1,400,000", "1400000"),
    ("1 400 000", "1400000"),
    ("1,400,000", "1 400 000"),
    ("2,000", "2000"),
    ("1,400.5", "1400.5"),
    ("about 1,400, or so", "about 1400 or so"),
    ("7–8", "7-8"),
    ("7—8", "7-8"),
    ("7 - 8", "7-8"),
    ("1945 – 1948", "1945-1948"),
    ("January 7, 1950", "January 7 1950"),
    ("Stalin’s cable", "Stalin's cable"),
    ("Stalins cable", "Stalin's cable"),
    ("P’yŏngyang", "Pyongyang"),
    ("Pʼyŏngyang", "P'yongyang"),
    ("An'guk", "Anguk"),
    ("ＮＳＣ－６８", "NSC-68"),
    ("NSC 68", "NSC-68"),
    ("nsc68", "NSC-68"),
    ("Łódź", "Lodz"),
    ("Søren", "Soren"),
    ("Đorđe", "Dorde"),
    ("Æthel", "Aethel"),
    ("STRASSE", "Straße"),
    ("the Bomb", "bomb"),
    ("an armistice", "armistice"),
    ("A Treaty", "treaty"),
    ("  Mao \t Zedong\n", "mao zedong"),
    ("“Volunteers”", "volunteers"),
    ("U.N.", "UN"),
    ("38°", "38"),
    ("½", "1/2"),
]

DIFFERENT = [
    ("1.4 million", "14 million"),
    ("1,4 million", "14 million"),
    ("1,4 million", "1.4 million"),
    ("7-8", "78"),
    ("7–8", "78"),
    ("7 - 8", "78"),
    ("7 8", "78"),
    ("7, 8", "78"),
    ("7; 8", "78"),
    ("7_8", "78"),
    ("7. 8", "78"),
    ("3:30", "330"),
    ("6/25", "625"),
    ("1.400.000", "14.00000"),
    ("-5", "5"),
    (".45", "45"),
    ("5 %", "5"),
    ("$5", "5"),
    ("AT&T", "ATT"),
    ("the", "a"),
    ("스탈린", "스타린"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_answer_have_one_form(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other) != ""
    assert judge_text(one, [other], nowhere).verdict == RIGHT
    assert judge_text(other, [one], nowhere).verdict == RIGHT


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_answers_that_differ_in_what_matters_keep_two_forms(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)
    assert judge_text(one, [other], nowhere).verdict != RIGHT
    assert judge_text(other, [one], nowhere).verdict != RIGHT


@pytest.mark.parametrize(
    ("typed", "answer"), [("1.4 million", "14 million"), ("7-8", "78"), ("7 8", "78"), ("1949", "1950")]
)
def test_other_digits_are_wrong_and_never_a_slip(typed: str, answer: str) -> None:
    assert judge_text(typed, [answer], nowhere).verdict == WRONG


def test_decomposed_hangul_is_right() -> None:
    decomposed = unicodedata.normalize("NFD", "조선민주주의인민공화국")
    assert decomposed != "조선민주주의인민공화국"
    assert judge_text(decomposed, ["조선민주주의인민공화국"], nowhere).verdict == RIGHT


@pytest.mark.parametrize("word", ["the", "The", "a", "An"])
def test_an_article_alone_is_a_word(word: str) -> None:
    assert normal_form(word) == word.lower()


@pytest.mark.parametrize(
    "typed", ["", "   ", "\n\t", "😀", "👍🏽 🇰🇷", "…", "?!", "- — –", "“”", "'", "~", "\u200b", "_"]
)
def test_a_text_with_nothing_to_compare_is_unreadable(typed: str) -> None:
    assert normal_form(typed) == ""
    assert judge_text(typed, ["Stalin"], nowhere).verdict == UNREADABLE


def test_an_accepted_text_without_a_form_accepts_nothing() -> None:
    assert not equals_any("…", ["…", "?"])


@pytest.mark.parametrize(
    ("typed", "accepted", "near"),
    [
        ("Mao", "Mai", False),  # too short for a slip
        ("Stalni", "Stalin", True),  # a swap is one slip
        ("Stlain", "Stalin", True),
        ("Stalinn", "Stalin", True),
        ("Stain", "Stalin", True),
        ("Sxaxin", "Stalin", False),  # two slips below nine letters
        ("Maoxedxng", "Mao Zedong", True),  # two slips from nine letters
        ("Guomindxnx", "Guomindang", True),
        ("Guomixdxnx", "Guomindang", False),
        ("Talin", "Stalin", False),  # the first letter must stand
        ("Stalin", "Stalin", False),  # equal is not near
        ("Stalin Joseph", "Joseph Stalin", True),
        ("parallel 38", "38 parallel", True),
        ("NSC 86", "NSC 68", False),
        ("", "Stalin", False),
    ],
)
def test_near_is_one_slip_or_the_same_words_in_another_order(typed: str, accepted: str, near: bool) -> None:
    assert is_near(typed, accepted) is near


def test_a_long_answer_typed_almost_whole_is_still_not_right() -> None:
    answer = "the Treaty of Friendship, Alliance and Mutual Assistance between the two governments"
    assert judge_text(answer[:-1], [answer], nowhere).verdict == CLOSE


def test_terms_are_found_only_as_whole_words() -> None:
    text = "Kim asked; in 1950 38 divisions stood by, and Stalin’s bomb"
    terms = ["Kim", "asking", "1950", "the bomb", "Stalin's", "Stal", "38", "?"]
    assert mentioned_terms(text, terms) == ("Kim", "1950", "the bomb", "Stalin's", "38")


@given(st.text())
def test_any_text_has_a_form_and_the_form_is_its_own(text: str) -> None:
    form = normal_form(text)
    assert " " not in form
    again = normal_form(form)
    assert normal_form(again) == again
    assert bool(again) == bool(form)


WORDS = st.lists(st.text("abcdeghijk김일성", min_size=2, max_size=6), min_size=1, max_size=4).map(" ".join)


@given(WORDS)
def test_the_form_of_plain_words_is_the_form_of_their_form(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)
    assert normal_words(normal_words(text)) == normal_words(text)


@given(st.text("aAbBtThHeE019 ", max_size=14))
def test_plain_text_takes_a_shorter_way_to_the_same_words(text: str) -> None:
    assert normal_words(f"{text}a") == normal_words(f"{text}ａ")  # a wide letter is folded, so it is not plain


@given(st.text(), st.text())
def test_right_is_only_ever_equality_of_forms(typed: str, accepted: str) -> None:
    is_right = judge_text(typed, [accepted], nowhere).verdict == RIGHT
    assert is_right == (normal_form(typed) != "" and normal_form(typed) == normal_form(accepted))


@given(st.text("ab1김", max_size=10), st.text("ab1김", max_size=10))
def test_nothing_near_is_right_and_nothing_right_is_near(typed: str, accepted: str) -> None:
    if is_near(typed, accepted) and normal_words(typed) == normal_words(accepted):
        raise AssertionError("equal words are no slip")
    assert judge_text(typed or "x", [accepted], everywhere).verdict != CLOSE


def brute_force_distance(one: str, other: str) -> int:
    """Optimal string alignment by its definition."""

    @cache
    def distance(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return i + j
        costs = [distance(i - 1, j) + 1, distance(i, j - 1) + 1, distance(i - 1, j - 1) + (one[i - 1] != other[j - 1])]
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            costs.append(distance(i - 2, j - 2) + 1)
        return min(costs)

    return distance(len(one), len(other))


SHORT = st.text("abc", max_size=7)


@given(SHORT, SHORT, st.integers(0, 8))
def test_slips_are_counted_as_optimal_string_alignment_counts_them(one: str, other: str, most: int) -> None:
    assert slips_between(one, other, most) == min(brute_force_distance(one, other), most + 1)
    assert slips_between(one, other, most) == slips_between(other, one, most)
