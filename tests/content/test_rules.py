"""Every rule by its table: the code, line and column it gives, and the near miss that it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from content_cases import HEADER, NOTES, Case, short
from content_file_cases import BIBLIOGRAPHIES, DECKS

from quizkorea.content.codes import REGISTRY, Severity
from quizkorea.content.deckfile import DeckFile, read_bibliography

Read = Callable[[str | bytes], DeckFile]


def _names(cases: list[Case]) -> list[str]:
    return [f"{number}-{case.expected.split(',')[0]}" for number, case in enumerate(cases)]


@pytest.mark.parametrize("case", NOTES, ids=_names(NOTES))
def test_a_rule_for_notes(case: Case, read: Read) -> None:
    _assert_case_holds(case, read(HEADER + case.bad), read(HEADER + case.good))


@pytest.mark.parametrize("case", DECKS, ids=_names(DECKS))
def test_a_rule_for_whole_files(case: Case, read: Read) -> None:
    _assert_case_holds(case, read(case.bad), read(case.good))


@pytest.mark.parametrize("case", BIBLIOGRAPHIES, ids=_names(BIBLIOGRAPHIES))
def test_a_rule_for_the_bibliography(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(case.bad, encoding="utf-8")
    bad = read_bibliography(tmp_path)
    path.write_text(case.good, encoding="utf-8")
    good = read_bibliography(tmp_path)
    assert short(bad.findings) == case.expected
    assert case.hint.lower() in bad.findings[0].hint.lower()
    assert short(good.findings) == ""


def _assert_case_holds(case: Case, bad: DeckFile, good: DeckFile) -> None:
    assert short(bad.findings) == case.expected
    assert case.hint.lower() in bad.findings[0].hint.lower()
    is_error = any(REGISTRY[found.code].severity is Severity.ERROR for found in bad.findings)
    assert (bad.deck is None) == is_error
    assert short(good.findings) == ""
    assert good.deck is not None
