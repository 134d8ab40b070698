"""The line mode: every kind of line at every prompt (DESIGN §4)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from builders import Desk, fact, facts

Run = Callable[..., object]

CHOICE = """
id: pick
type: choice
question: Which one?
options:
- {text: right, correct: true, feedback: Yes indeed.}
- {text: wrong, feedback: A common mistake.}
"""
LIST = """
id: three
type: list
question: Which three?
items:
- text: one
- text: two
- text: three
"""
SEQUENCE = """
id: order
type: sequence
items:
- {text: first, date: 1949-01}
- {text: second, date: 1949-05}
- {text: third, date: 1950}
"""
DATE = "id: when\ntype: date\nevent: It happens\ndate: 1950-02-14"
ESSAY = """
id: why
type: interpretation
contested: false
question: Why?
key_points:
- {text: Names the boycott, terms: [boycott]}
- {text: Names the treaty, terms: [treaty]}
- {text: Names the bomb, terms: [bomb]}
model_answer: Because.
"""


def answered(quizkorea: Run) -> int:
    count = json.loads(quizkorea("due", "--json").out)["answered_today"]
    assert isinstance(count, int)
    return count


def ratings(desk: Desk) -> list[tuple[int, str | None]]:
    trainer = desk.trainer()
    rows = trainer.store.connection.execute(
        "SELECT rating, verdict FROM review_log WHERE undone_at IS NULL ORDER BY id"
    ).fetchall()
    trainer.close()
    return rows


def test_three_cards_are_answered_from_a_pipe(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(5))
    ran = quizkorea("study", "--plain", typed="\n3\n\n3\n\n1\nq\n")
    assert ran.code == 0
    assert ratings(desk) == [(3, None), (3, None), (1, None)]
    assert answered(quizkorea) == 3
    assert "3 answers (1 Again, 2 Good)" in ran.out


def test_without_a_terminal_study_is_plain(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(2))
    ran = quizkorea("study", typed="\n\n")
    assert ran.code == 0
    assert ratings(desk) == [(3, None)]
    assert "\x1b" not in ran.out


def test_every_prompt_ends_alike(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", fact("a", answer="Kim Il-sung"), fact("b"))
    ran = quizkorea("study", "--plain", typed="Kim Il-song\ny\n\n4\nx\nu\nq\n")
    prompts = [part for part in ran.out.split("> ") if part]
    assert len(prompts) == 8
    assert "accept? y n 1-4 > " in ran.out


@pytest.mark.parametrize(
    ("typed", "word", "rated"),
    [
        ("Zhou Enlai\n\n", "right", (3, "right")),
        ("chou en-lai\n\n", "right", (3, "right")),
        ("Zhou Enlia\ny\n", "close", (3, "close")),
        ("Zhou Enlia\nn\n", "close", (1, "close")),
        ("Zhou Enlia\n\n2\n", "close", (2, "close")),
        ("Stalin\n\n", "wrong", (1, "wrong")),
        ("Stalin\n4\n", "wrong", (4, "wrong")),
        (" q\n\n", "wrong", (1, "wrong")),
        ("?!\n?!\n\n", "unreadable", (3, "unreadable")),
    ],
)
def test_a_typed_answer_begins_with_its_verdict(
    desk: Desk, quizkorea: Run, typed: str, word: str, rated: tuple[int, str]
) -> None:
    desk.write("d", fact("a", answer="Zhou Enlai", more="aliases: [Chou En-lai]"))
    ran = quizkorea("study", "--plain", typed=typed)
    assert any(line.removeprefix("> ").startswith(word) for line in ran.lines)
    assert ratings(desk) == [rated]


@pytest.mark.parametrize(
    ("typed", "rated"),
    [
        ("14 February 1950\n\n", (3, "right")),
        ("1950-02-14\n\n", (3, "right")),
        ("February 1950\n\n", (2, "partial")),
        ("1950\n\n", (1, "partial")),
        ("15 February 1950\n\n", (1, "wrong")),
        ("someday\nsomeday\n\n", (3, "unreadable")),
        ("someday\n14/2/1950\n\n", (3, "right")),
    ],
)
def test_a_date_is_graded_by_precision(desk: Desk, quizkorea: Run, typed: str, rated: tuple[int, str]) -> None:
    desk.write("d", DATE)
    quizkorea("study", "--plain", typed=typed)
    assert ratings(desk) == [rated]


def option_number(out: str, text: str) -> str:
    (line,) = [line for line in out.splitlines() if line.endswith(f" {text}")]
    return line.split()[0]


def test_a_number_picks_an_option_and_feedback_follows(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", CHOICE)
    number = option_number(quizkorea("study", "--plain").out, "wrong")
    ran = quizkorea("study", "--plain", typed=f"7\nnonsense\n{number}\n\n")
    assert ran.out.count("Type the number of an option. An empty line reveals") == 2
    assert "wrong: A common mistake." in ran.out
    assert ratings(desk) == [(1, "wrong")]


def test_the_options_stand_in_the_same_order_after_undo(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", CHOICE)
    ran = quizkorea("study", "--plain", typed="\n4\nu\n\n")
    shown = [line for line in ran.lines if line.startswith(("  1 ", "  2 "))]
    assert shown[:2] == shown[2:4]


def test_a_list_takes_its_items_separated(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", LIST)
    ran = quizkorea("study", "--plain", typed="two; THREE\n\n")
    assert "partial: 2 of 3, missing: one" in ran.out
    assert ratings(desk) == [(2, "partial")]


def test_a_sequence_takes_the_numbers_in_order(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", SEQUENCE)
    out = quizkorea("study", "--plain").out
    order = " ".join(option_number(out, text) for text in ("first", "second", "third"))
    ran = quizkorea("study", "--plain", typed=f"1 2 9\n{order}\n\n")
    assert "Type the numbers in order, such as 2 1 3. An empty line reveals" in ran.out
    assert ratings(desk) == [(3, "right")]


def test_key_points_are_ticked_and_terms_are_mentioned(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", ESSAY)
    ran = quizkorea("study", "--plain", typed="It was the boycott.\nt 1 9\nt 1 3\n\n")
    assert "1 Names the boycott (mentioned: boycott)" in ran.out
    assert "2 Names the treaty\n" in ran.out
    assert "partial: 2 of 3 key points" in ran.out
    assert ratings(desk) == [(2, "partial")]


@pytest.mark.parametrize("extra", ["0", "5", "yes", "good", "33"])
def test_an_unknown_line_rates_nothing(desk: Desk, quizkorea: Run, extra: str) -> None:
    desk.write("d", *facts(1))
    ran = quizkorea("study", "--plain", typed=f"\n{extra}\n")
    assert "Type 1 Again" in ran.out
    assert ratings(desk) == []


def test_commands_at_the_question_and_after_the_reveal(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(4))
    ran = quizkorea("study", "--plain", typed="u\nf\ns\n\nb\n\n3\nu\nq\n")
    for said in ("nothing to undo", "Flagged.", "Suspended", "Buried", "Undone."):
        assert said in ran.out
    assert ratings(desk) == []
    found = json.loads(quizkorea("due", "--json").out)["decks"][0]
    assert (found["suspended"], found["new"]) == (1, 2)


def test_undo_asks_that_card_again(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(2))
    ran = quizkorea("study", "--plain", typed="\n1\nu\n\n4\nq\n")
    assert ran.out.count("Who is n1 here?") == 2
    assert ratings(desk) == [(4, None)]


def test_the_last_answer_can_be_taken_back(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(1))
    ran = quizkorea("study", "--plain", typed="\n4\nu\n\n1\n")
    assert "All done." in ran.out
    assert ratings(desk) == [(1, None)]


def test_nothing_due_is_said_and_is_no_error(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(1))
    quizkorea("study", "--plain", typed="\n4\n")
    ran = quizkorea("study", "--plain")
    assert ran.code == 0
    assert "Nothing is due today; answered: 1." in ran.out


def test_cram_and_limits_from_the_command_line(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(5))
    quizkorea("study", "--plain", "--limit", "2", typed="\n4\n" * 9)
    assert answered(quizkorea) == 2
    quizkorea("study", "--plain", "--new", "1", typed="\n4\n" * 9)
    assert answered(quizkorea) == 3
    ran = quizkorea("study", "--plain", "--cram", typed="\n4\n" * 5)
    assert "5 answers" in ran.out
    assert answered(quizkorea) == 3


def test_the_back_shows_explanation_disputes_and_sources(desk: Desk, quizkorea: Run) -> None:
    desk.write_text(
        "sources.yaml",
        "format: 1\nsources:\n  s: {author: A. Author, title: Book, year: 1999, kind: book, pages: 1-9}\n",
    )
    more = """
    explanation: It adds [something].
    cite:
    - source: s
      at: p. 3
    disputed:
    - value: "1951"
      note: A slip.
      cite:
      - source: s
        at: p. 4
    """
    desk.write("d", DATE + "\n" + "\n".join(line[4:] for line in more.strip("\n").splitlines()))
    out = quizkorea("study", "--plain", typed="\n\n").out
    assert "It adds [something]." in out
    assert "Disputed: 1951. A slip. (A. Author, Book (1999), p. 4)" in out
    assert "Source: A. Author, Book (1999), p. 3" in out


def test_a_leech_is_said_with_advice(desk: Desk, quizkorea: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("d", *facts(1))
    for day in range(1, 10):
        monkeypatch.setenv("QUIZKOREA_NOW", f"202{day}-03-02T12:00+00:00")
        ran = quizkorea("study", "--plain", typed="\n1\n\n4\n")
        assert ("A leech: forgotten 8 times" in ran.out) == (day == 9)
