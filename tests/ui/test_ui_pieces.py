"""The parts of the front end that need no screen."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from quizkorea.ui.editor import NoEditor, editor_command
from quizkorea.ui.keys import TWINS, keymap_of, show_key, with_twins
from quizkorea.ui.themes import DARK, chosen_theme
from quizkorea.ui.wording import bar, counted, underlined


def test_every_letter_has_its_hangul_twin_and_textual_names_it_by_itself() -> None:
    assert len(TWINS) == len(set(TWINS.values())) == 26
    assert with_twins("u,ctrl+z") == "u,ㅕ,ctrl+z"
    assert [binding.key for binding in Binding.make_bindings([Binding(with_twins("u"), "undo")])] == ["u", "ㅕ"]


def test_a_keymap_gets_twins_and_loses_empty_entries() -> None:
    assert keymap_of({"undo": " z , f5 ", "flag": ""}) == {"undo": "z,ㅋ,f5"}


@pytest.mark.parametrize(
    ("key", "shown"),
    [("question_mark", "?"), ("?", "?"), ("ctrl+p", "^p"), ("space", "Space"), ("f5", "F5"), ("a", "a"), ("up", "↑")],
)
def test_keys_are_written_as_people_know_them(key: str, shown: str) -> None:
    assert show_key(key) == shown


@pytest.mark.parametrize(
    ("environment", "installed", "command"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "vim"}, {"code", "vim"}, ["code", "--wait", "+7", "x.yaml"]),
        ({"VISUAL": " ", "EDITOR": "vim"}, {"vim"}, ["vim", "+7", "x.yaml"]),
        ({}, {"vi", "nano"}, ["vi", "+7", "x.yaml"]),
        ({}, {"nano"}, ["nano", "+7", "x.yaml"]),
    ],
)
def test_the_editor_is_found_in_order(environment: dict[str, str], installed: set[str], command: list[str]) -> None:
    def which(name: str) -> str | None:
        return name if name in installed else None

    assert editor_command(environment, "x.yaml", 7, which) == command


@pytest.mark.parametrize(
    ("environment", "says"),
    [({}, "Set EDITOR"), ({"EDITOR": "gone"}, "cannot be started"), ({"EDITOR": "'"}, "cannot be read as a command")],
)
def test_a_missing_editor_says_what_to_do(environment: dict[str, str], says: str) -> None:
    with pytest.raises(NoEditor, match=says):
        editor_command(environment, "x.yaml", 7, lambda _: None)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 9, "░░░░"), (0, 0, "░░░░"), (1, 99, "█░░░"), (98, 99, "███░"), (99, 99, "████"), (1, 2, "██░░")],
)
def test_a_bar_is_full_only_when_all_is_done(part: int, whole: int, shown: str) -> None:
    assert bar(part, whole, 4) == shown


def test_terms_are_underlined_wherever_they_stand() -> None:
    content = underlined("Flight, [b] and flight", ("flight",))
    assert content.plain == "Flight, [b] and flight"
    assert [(span.start, span.end) for span in content.spans] == [(0, 6), (16, 22)]
    assert underlined("İ flight", ("flight",)).spans == []


def test_counts_agree_with_their_nouns() -> None:
    assert (counted(1, "card"), counted(2, "card")) == ("1 card", "2 cards")


def test_no_theme_means_the_programs_own() -> None:
    assert chosen_theme("", set()) == (DARK.name, "")
