"""`due`, and the bare command without a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable

from builders import Desk, facts
from quizkorea.core.schedule import Rating

Run = Callable[..., object]


def test_due_lists_the_decks_in_course_order(desk: Desk, quizkorea: Run) -> None:
    desk.write("later", *facts(2), head="order: 20\n")
    desk.write("first", *facts(3), head="order: 10\n")
    desk.write("unordered", *facts(1))
    ran = quizkorea("due")
    assert ran.code == 0
    assert [line.split("  ")[0] for line in ran.lines[1:4]] == ["Deck first", "Deck later", "Deck unordered"]
    assert "Due today: 6 (6 new)" in ran.out


def test_due_as_json_has_its_documented_shape(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(30))
    ran = quizkorea("due", "--json")
    assert json.loads(ran.out) == {
        "format": 1,
        "study_day": "2026-03-02",
        "due": 20,
        "new": 20,
        "learning": 0,
        "review": 0,
        "answered_today": 0,
        "next_due": "2026-03-03",
        "decks": [
            {
                "deck": "d",
                "title": "Deck d",
                "due": 20,
                "new": 20,
                "learning": 0,
                "review": 0,
                "cards": 30,
                "seen": 0,
                "suspended": 0,
                "problem": None,
            }
        ],
    }


def test_due_names_the_next_due_day_when_nothing_is_left(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(2))
    desk.rate_all(Rating.EASY)
    found = json.loads(quizkorea("due", "--json").out)
    assert (found["due"], found["answered_today"]) == (0, 2)
    assert found["next_due"] > "2026-03-05"
    assert f"The next card is due on {found['next_due']}." in quizkorea("due").out


def test_the_bare_command_without_a_terminal_prints_what_is_due(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(2))
    ran = quizkorea()
    assert (ran.code, ran.err) == (0, "")
    assert "Due today: 2 (2 new)" in ran.out


def test_a_deck_in_error_is_said_on_stderr_and_the_others_are_counted(desk: Desk, quizkorea: Run) -> None:
    desk.write("good", *facts(2))
    desk.write_text("bad.yaml", "format: 1\ndeck: [")
    ran = quizkorea("due", "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["new"] == 2
    assert ran.err.count("\n") == 1
    assert "bad.yaml:" in ran.err
    assert "the deck is not loaded" in ran.err


def test_an_empty_folder_says_what_to_do(desk: Desk, quizkorea: Run) -> None:
    assert desk.decks.is_dir()
    ran = quizkorea("due")
    assert ran.code == 0
    assert "No deck is loaded" in ran.out


def test_brackets_and_hangul_in_titles_line_up(desk: Desk, quizkorea: Run) -> None:
    desk.write_text(
        "d.yaml",
        "format: 1\ndeck: d\ntitle: '[b] 한국 [/b]'\nsummary: s\nnotes:\n- id: a\n  type: fact\n"
        "  kind: term\n  question: q?\n  answer: a\n",
    )
    lines = quizkorea("due").lines
    assert lines[1].startswith("[b] 한국 [/b]")
    assert len(lines[1]) + 2 == len(lines[0])  # two Hangul syllables are two cells wider than they count
