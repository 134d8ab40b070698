"""Findings as text: aligned in terminal cells, clipped, and safe to print."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizkorea.content.codes import UNKNOWN_KEY
from quizkorea.content.findings import Finding, Span, in_order, make_finding
from quizkorea.content.rendering import render, render_finding


def _finding(line: str, column: int, end: int, hint: str = "", path: str = "decks/korea.yaml") -> Finding:
    return make_finding(UNKNOWN_KEY, Path(path), Span(7, column, end), "unknown key 'alises'", hint, source_line=line)


def test_a_finding_looks_like_a_compiler_s() -> None:
    assert render_finding(_finding("    alises: [Yo Un-hyong]", 5, 11, "did you mean 'aliases'?")) == (
        "decks/korea.yaml:7:5: error QK201: unknown key 'alises'\n"
        "    7 |     alises: [Yo Un-hyong]\n"
        "      |     ^^^^^^\n"
        "      hint: did you mean 'aliases'?"
    )


def test_without_a_line_to_show_only_the_message_stands() -> None:
    assert render([_finding("", 1, 2)]) == "decks/korea.yaml:7:1: error QK201: unknown key 'alises'\n"


@pytest.mark.parametrize(
    ("line", "column", "end", "caret"),
    [
        ("{text: 스탈린, wieght: 2}", 13, 19, " " * 15 + "^^^^^^"),
        ("서울: x", 1, 3, "^^^^"),
        ("\ta: b", 2, 3, " ^"),
        ("abc", 4, 5, "   ^"),
        ("abc", 9, 10, "   ^"),
    ],
)
def test_the_caret_stands_under_its_text_in_cells(line: str, column: int, end: int, caret: str) -> None:
    assert render_finding(_finding(line, column, end)).split("\n")[2] == "      | " + caret


@pytest.mark.parametrize("column", [1, 50, 101, 5_000, 9_990, 10_001])
@pytest.mark.parametrize("letter", ["x", "가"])
def test_a_long_line_is_clipped_around_the_caret(column: int, letter: str) -> None:
    line = letter * (column - 1) + "HERE" + letter * (10_000 - column)
    _, shown, caret = render_finding(_finding(line, column, column + 4)).split("\n")
    shown, caret = shown.removeprefix("    7 | "), caret.removeprefix("      | ")
    from rich.cells import cell_len

    assert cell_len(shown) <= 102
    assert caret.strip() == "^^^^"
    before = shown.partition("HERE")[0]
    assert cell_len(before) == len(caret) - 4


def test_a_very_long_mark_ends_with_the_line_shown() -> None:
    _, shown, caret = render_finding(_finding("k: " + "x" * 1000, 4, 1004)).split("\n")
    assert len(shown) <= 110
    assert len(caret) <= 110


def test_no_escape_code_reaches_the_terminal() -> None:
    found = _finding("a: \x1b[31mred\x07\u202e\x9b", 4, 5, "hint \x1b[0m", "decks/\x1b]0;x\x07\n.yaml")
    text = render_finding(found)
    assert not set("\x1b\x07\u202e\x9b") & set(text)
    assert len(text.split("\n")) == 4
    text.encode("utf-8")
    render_finding(_finding("a", 1, 2, path="caf\udce9.yaml")).encode("utf-8")


def test_findings_are_ordered_by_path_line_and_column() -> None:
    first, second = _finding("", 1, 2, path="a.yaml"), _finding("", 1, 2, path="b.yaml")
    third = make_finding(UNKNOWN_KEY, Path("b.yaml"), Span(7, 2, 3), "m")
    fourth = make_finding(UNKNOWN_KEY, Path("b.yaml"), Span(10, 1, 2), "m")
    assert in_order([fourth, third, second, first]) == (first, second, third, fourth)
