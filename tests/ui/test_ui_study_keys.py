"""Every key of the study screen, with its Hangul twin, its guard, and its place in the help."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from ui_stage import ALL, Stage, Theatre, one

from quizkorea.core.errors import AnsweredElsewhere, ChangedElsewhere
from quizkorea.ui.screens.study_keys import STUDY_BINDINGS

HANGUL = {"u": "ㅕ", "e": "ㄷ", "f": "ㄹ", "s": "ㄴ", "b": "ㅠ", "i": "ㅑ", "c": "ㅊ", "q": "ㅂ"}


def twins(letter: str) -> list[str]:
    """A letter and the Hangul letter on its key."""
    return [letter, HANGUL[letter]]


@pytest.mark.parametrize("key", [*twins("u"), "ctrl+z"])
async def test_undo_takes_back_many_levels(theatre: Theatre, key: str) -> None:
    async with theatre.open(ALL) as stage:
        first = stage.card
        await stage.press("enter", "3")
        second = stage.card
        await stage.press("enter", "1")
        await stage.press("escape", "f", "s")
        assert stage.answered == 2
        await stage.press("escape", key)
        assert stage.answered == 2
        await stage.press("escape", key)
        assert "flagged" not in stage.text
        await stage.press("escape", key)
        assert (stage.card, stage.answered) == (second, 1)
        await stage.press("escape", key)
        assert (stage.card, stage.answered) == (first, 0)
        await stage.press("escape", key)
        assert "There is nothing to undo." in stage.notices


@pytest.mark.parametrize("key", twins("f"))
async def test_a_flag_goes_on_and_off_and_the_card_stays(theatre: Theatre, key: str) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter", key)
        assert "⚑ flagged" in stage.text
        assert "Bruce [C.] Cumings" in stage.text
        await stage.press(key)
        assert "⚑" not in stage.text


async def test_a_notice_hides_neither_ratings_nor_keys(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter", "f")
        assert "Flagged." in stage.text.splitlines()[0]
        assert "Who wrote [Cumings, 1981] and [/b] about 서울 in [red]?" in stage.text
        assert "1 Again" in stage.text
        assert "4 Easy" in stage.text
        assert "f Flag  s Suspend" in stage.text
        await stage.press("f")
        assert "The flag is gone." in stage.text.splitlines()[0]


@pytest.mark.parametrize("key", twins("s"))
async def test_suspend_sets_the_card_aside(theatre: Theatre, key: str) -> None:
    async with theatre.open(ALL) as stage:
        before = stage.card
        await stage.press("escape", key)
        assert stage.card != before
        assert stage.trainer.overview().decks[0].suspended == 1


@pytest.mark.parametrize("key", twins("b"))
async def test_bury_sets_the_card_aside_until_tomorrow(theatre: Theatre, key: str) -> None:
    async with theatre.open(ALL) as stage:
        before, due = stage.card, stage.trainer.overview().new
        await stage.press("escape", key)
        assert stage.card != before
        assert stage.trainer.overview().new == due - 1


@pytest.mark.parametrize("key", twins("i"))
async def test_card_info_opens_and_closes(theatre: Theatre, key: str) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter", key)
        assert "brackets/who#main" in stage.text
        assert "brackets.yaml:10" in "".join(stage.flat.replace("│", "").split())
        await stage.press("escape")
        assert stage.screen == "StudyScreen"


@pytest.mark.parametrize("key", twins("c"))
async def test_citations_are_short_until_asked_for_in_full(theatre: Theatre, key: str) -> None:
    async with theatre.open(one("fact"), size=(100, 40)) as stage:
        await stage.press("enter")
        assert "Source: Ann [Author], On Walls [/b] and 장벽 (1990), p. 3 (and 1 more: c)" in stage.flat
        assert "the wall of [brackets] stands" not in stage.text
        await stage.press(key)
        assert "where it says: “the wall of [brackets] stands”" in stage.flat
        assert "A Second Look (1995), pp. 4-5" in stage.flat
        await stage.press(key)
        assert "where it says" not in stage.text


async def test_an_essay_gives_the_citations_of_its_positions(theatre: Theatre) -> None:
    async with theatre.open(one("interpretation"), size=(100, 60)) as stage:
        await stage.press("ctrl+s", "c")
        assert "where it says: “built to stop flight”" in stage.flat
        assert "where it says: “built for status”" in stage.flat


@pytest.mark.parametrize("key", [*twins("q"), "ctrl+q", "ctrl+c"])
async def test_quitting_is_clean(theatre: Theatre, key: str) -> None:
    async with theatre.open(one("choice")) as stage:
        await stage.pilot.press(key)
        await stage.pilot.pause()
        assert not stage.app.is_running or stage.app._exit
        assert (stage.app.return_code or 0) == 0


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_ctrl_keys_quit_from_within_a_field(theatre: Theatre, key: str) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.pilot.press("a", key)
        await stage.pilot.pause()
        assert stage.app._exit


async def test_letters_are_dead_while_a_field_has_the_focus(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        letters = "uefsbicqynt1234"
        await stage.press(*letters, *HANGUL.values())
        assert stage.app.focused.value == letters + "".join(HANGUL.values())  # type: ignore[union-attr]
        assert stage.card == "brackets/who#main"


async def test_escape_leaves_the_field_first_and_then_the_session(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("a", "escape")
        assert (stage.screen, stage.in_field) == ("StudyScreen", False)
        await stage.press("tab")
        assert stage.in_field
        assert stage.app.focused.value == "a"  # type: ignore[union-attr]
        await stage.press("escape", "escape")
        assert stage.screen == "HomeScreen"


async def test_escape_after_an_answer_shows_the_summary(theatre: Theatre) -> None:
    async with theatre.open(ALL) as stage:
        await stage.press("enter", "3", "escape", "escape")
        assert stage.screen == "SummaryScreen"


async def test_ctrl_z_undoes_text_in_a_page_that_holds_some_and_else_the_last_answer(theatre: Theatre) -> None:
    async with theatre.open(ALL) as stage:
        while not stage.card.startswith("brackets/why"):
            await stage.press(*(["enter"] if stage.in_field else ["space"]), "4")
        answered = stage.answered
        await stage.press("a", "ctrl+z")
        assert (stage.answered, stage.app.focused.text) == (answered, "")  # type: ignore[union-attr]
        await stage.press("ctrl+z")
        assert stage.answered == answered - 1


@pytest.mark.parametrize("key", ["space", "enter", "1", "3", "y"])
async def test_a_key_within_150_ms_of_the_reveal_is_ignored(theatre: Theatre, key: str) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.write("Bruce C. Cumingz")
        stage.seconds.now += 1
        stage.seconds.step = 0.01
        await stage.press("enter", key)
        assert stage.answered == 0
        assert "Close ≈" in stage.text
        stage.seconds.now += 0.15
        await stage.press(key)
        assert stage.answered == 1


async def test_long_backs_scroll_after_the_reveal(theatre: Theatre) -> None:
    async with theatre.open(one("interpretation")) as stage:
        await stage.press("ctrl+s")
        top = stage.text
        await stage.press("pagedown")
        paged = stage.text
        await stage.press("up")
        assert len({top, paged, stage.text}) == 3
        await stage.press("pagedown", "pagedown", "pagedown", "pagedown")
        assert "Source" in stage.text or "Why it matters" in stage.text


def words_of_help(stage: Stage) -> str:
    return " ".join(" ".join(row) for row in stage.app.screen._rows)  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_the_help_lists_every_binding(theatre: Theatre, key: str) -> None:
    async with theatre.open(one("choice")) as stage:
        await stage.press(key)
        words = words_of_help(stage)
        for binding in STUDY_BINDINGS:
            assert binding.tooltip in words  # type: ignore[union-attr]
        assert "Keys while you study" in stage.text
        assert "Esc or Enter closes" in stage.text
        await stage.press("escape")
        assert stage.screen == "StudyScreen"


async def test_every_key_of_the_design_is_on_the_bar_at_80_cells(theatre: Theatre) -> None:
    async with theatre.open(one("interpretation")) as stage:
        for entry in ("Enter Reveal/take", "^s Submit", "^z Undo", "F1 Help", "Esc Back", "^p Palette", "^q Quit"):
            assert entry in stage.flat  # what works while a field has the focus
        await stage.press("escape")
        bar = stage.flat
        for entry in (
            "Space Reveal/take",
            "1-4 Rate",
            "^s Submit",
            "u Undo",
            "e Edit",
            "f Flag",
            "s Suspend",
            "b Bury",
        ):
            assert entry in bar
        for entry in ("i Info", "c Cite", "? Help", "Esc Back", "^p Palette", "q Quit"):
            assert entry in bar


async def test_keys_can_be_remapped_and_the_screen_says_so(make_theatre: Callable[..., Theatre]) -> None:
    theatre = make_theatre(keys={"undo": "z", "good": "j", "flag": "f6", "nonsense": "x", "bury": "e"})
    async with theatre.open(one("choice")) as stage:
        assert "'nonsense', which is nothing here" in stage.notices
        assert "the key e to both edit and bury" in stage.notices
        assert "z Undo" in stage.flat
        assert "F6 Flag" in stage.flat
        await stage.press("space")
        assert "j Good" in stage.text
        await stage.press("j")
        assert stage.answered == 1
        await stage.press("ㅋ")
        assert stage.answered == 0
        await stage.press("f6", "question_mark")
        assert "f6 Put a flag" in words_of_help(stage).replace("F6", "f6")


async def test_the_palette_runs_the_same_actions(theatre: Theatre) -> None:
    async with theatre.open(one("choice")) as stage:
        await stage.press("ctrl+p")
        await stage.press(*"flag on the card")
        await stage.press("down", "enter")
        assert "⚑ flagged" in stage.text


def editor(theatre: Theatre, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], None]) -> list[list[str]]:
    """An editor that makes one change; the commands it was run with."""
    commands: list[list[str]] = []

    def run(command: list[str]) -> int:
        commands.append(command)
        edit(Path(command[-1]))
        return 0

    theatre.environment, theatre.run = {"VISUAL": "true --wait", "EDITOR": "false"}, run
    monkeypatch.setattr("quizkorea.ui.app.QuizKoreaApp.suspend", lambda self: nullcontext())  # noqa: ARG005
    return commands


@pytest.mark.parametrize("key", twins("e"))
async def test_edit_opens_the_note_at_its_line_and_shows_it_anew(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    def edit(path: Path) -> None:
        path.write_text(path.read_text().replace("Who wrote", "Who truly wrote"))

    commands = editor(theatre, monkeypatch, edit)
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter", key)
        path = str(theatre.desk.decks / "brackets.yaml")
        assert commands == [["true", "--wait", "+10", path]]
        assert "Who truly wrote" in stage.text
        assert "Answer" in stage.text  # still turned over, where the learner was
        assert not stage.in_field


async def test_an_edit_keeps_what_was_written_and_ticked(theatre: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(theatre, monkeypatch, lambda path: path.write_text(path.read_text().replace("Why", "And why", 1)))
    async with theatre.open(one("interpretation")) as stage:
        await stage.write("my long answer")
        await stage.press("escape", "e")
        assert "my long answer" in stage.text
        await stage.press("ctrl+s", "1", "e")
        assert "my long answer" in stage.text
        assert "[x] 1" in stage.text


async def test_an_edit_that_breaks_the_file_is_told_and_the_old_card_stays(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(theatre, monkeypatch, lambda path: path.write_text("format: [1"))
    async with theatre.open(one("fact")) as stage:
        await stage.press("escape", "e")
        assert "last good content is used" in stage.notices
        assert str(theatre.desk.decks) not in stage.notices
        assert "Who wrote" in stage.app.screen.attempt.presented.face.prompt


async def test_a_missing_editor_is_a_notice(theatre: Theatre) -> None:
    theatre.environment = {"EDITOR": "no-such-editor -x"}
    async with theatre.open(one("fact")) as stage:
        await stage.press("escape", "e")
        assert "EDITOR names 'no-such-editor -x', which cannot be started" in stage.notices


async def test_a_leech_gets_advice(theatre: Theatre) -> None:
    trainer = theatre.desk.trainer()
    for _ in range(8):
        for rating in (4, 1):
            session = trainer.study(ALL.selection)
            while (card := session.next()) is not None and card.name != "brackets/who#main":
                session.bury()
            if rating == 4:
                session.rate(session.outcomes()[4])  # type: ignore[index]
                theatre.desk.hand.forward(days=400)
            elif _ < 7:
                session.rate(session.outcomes()[1])  # type: ignore[index]
    async with theatre.open(one("fact"), trainer=trainer) as stage:
        await stage.press("enter", "1")
        assert "A leech: forgotten 8 times." in stage.notices


async def test_an_answer_given_elsewhere_is_told_and_the_session_goes_on(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with theatre.open(ALL) as stage:
        other = theatre.desk.trainer()
        theirs = other.study(ALL.selection)
        theirs.next()
        theatre.desk.hand.forward(seconds=5)
        theirs.rate(theirs.outcomes()[3])  # type: ignore[index]
        await stage.press("enter", "1")
        assert stage.card == "brackets/when#main"
        assert stage.notices
        assert other.overview().answered_today == 1

        def refuse(*_: object) -> None:
            raise ChangedElsewhere("The card was changed elsewhere.", "Nothing was undone.")

        await stage.press("enter", "1")
        monkeypatch.setattr(stage.trainer.store, "undo", refuse)
        await stage.press("escape", "u")
        assert "The card was changed elsewhere. Nothing was undone." in stage.notices
        assert AnsweredElsewhere.exit_code == 1
