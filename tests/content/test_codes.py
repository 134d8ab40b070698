"""The registry: stable, and every code tripped somewhere in these tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from content_cases import BROKEN, NOTES, short
from content_file_cases import BIBLIOGRAPHIES, DECKS

from quizkorea.content import codes
from quizkorea.content.codes import REGISTRY, Severity
from quizkorea.content.folder import check_paths, deck_files

_EXPECTED = re.compile(r"# expect (.+)\n")
_FILES = deck_files(BROKEN)


@pytest.mark.parametrize("path", _FILES, ids=[path.stem for path in _FILES])
def test_a_broken_deck_gives_what_its_first_line_says(path: Path) -> None:
    expected = _EXPECTED.match(path.read_text(encoding="utf-8"))
    assert expected is not None
    found = [finding for finding in check_paths([path]).findings if finding.path == path]
    assert short(found) == expected[1].replace(" at ", " ").replace(", ", ",")


def test_every_code_is_tripped_by_some_test() -> None:
    tripped = set()
    for case in (*NOTES, *DECKS, *BIBLIOGRAPHIES):
        tripped |= set(re.findall(r"QK\d{3}", case.expected))
    for path in Path(__file__).parent.glob("test_*.py"):
        if path.name != "test_codes.py":
            tripped |= set(re.findall(r"QK\d{3}", path.read_text(encoding="utf-8")))
    assert sorted(set(REGISTRY) - tripped) == []


def test_only_the_nine_hundreds_are_warnings() -> None:
    for name, code in REGISTRY.items():
        assert re.fullmatch(r"QK[1-9]\d\d", name)
        assert (code.severity is Severity.WARNING) == name.startswith("QK9")
        assert code.title


def test_every_code_is_used_by_some_module() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(codes.__file__).parent.glob("*.py"))
    constants = {name for name, value in vars(codes).items() if isinstance(value, codes.Code)}
    assert {name for name in constants if f"codes.{name}" not in source} == set()
