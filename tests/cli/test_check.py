"""`check` as an author meets it."""

from __future__ import annotations

from collections.abc import Callable

from builders import Desk, deck_text, fact, facts

Run = Callable[..., object]


def test_sound_decks_are_said_to_be_sound(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(2))
    ran = quizkorea("check")
    assert (ran.code, ran.out) == (0, "")
    assert "1 deck, 2 notes, 2 cards: sound" in ran.err


def test_all_findings_of_all_files_are_reported_with_place_and_hint(desk: Desk, quizkorea: Run) -> None:
    desk.write_text("a.yaml", deck_text("a", fact("x").replace("answer:", "anwser:")))
    desk.write_text("b.yaml", deck_text("b", fact("x").replace("kind: person", "kind: persn")))
    desk.write("good", *facts(1))
    ran = quizkorea("check")
    assert ran.code == 1
    path = desk.decks / "a.yaml"
    assert f"{path}:10:3: error QK201: unknown key 'anwser'" in ran.out
    assert "did you mean 'answer'?" in ran.out
    assert "did you mean 'person'?" in ran.out
    assert "   10 |   anwser: the x person\n      |   ^^^^^^" in ran.out
    assert "Traceback" not in ran.err


def test_warnings_alone_are_exit_code_0_unless_strict(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", fact("x", more="aliases: [one two three four five six]"))
    assert "warning QK901" in quizkorea("check").out
    assert quizkorea("check").code == 0
    assert quizkorea("check", "--strict").code == 1


def test_a_single_file_can_be_checked(desk: Desk, quizkorea: Run) -> None:
    desk.write("bad", fact("x").replace("type: fact", "type: fct"))
    good = desk.write("good", *facts(1))
    assert quizkorea("check", str(good)).code == 0
    assert quizkorea("check", str(desk.decks)).code == 1


def test_check_neither_needs_nor_makes_a_store(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(1))
    quizkorea("check")
    assert not desk.home.folder.exists()


def test_check_names_what_is_shadowed(desk: Desk, quizkorea: Run) -> None:
    second = desk.root / "second"
    second.mkdir()
    (second / "other.yaml").write_text(deck_text("d", *facts(3)))
    desk.write("d", *facts(1))
    ran = quizkorea("check", str(desk.decks), str(second))
    assert ran.code == 0
    assert "other.yaml is not used" in ran.err
