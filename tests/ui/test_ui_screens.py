"""Home and summary, the look of all screens, and what deck text may not break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.color import Color
from ui_stage import ALL, Stage, Theatre, check_snapshot, one

from builders import Desk, deck_text, facts
from quizkorea.core.errors import StoreLocked
from quizkorea.core.session import Limits
from quizkorea.ui.requests import StudyRequest

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsversammlungssaalvorsitzender"
SMALL, LARGE = (80, 24), (200, 60)


def squeezed(stage: Stage) -> str:
    """The screen without any space, for words folded over lines."""
    return "".join(stage.text.split())


# --- home ------------------------------------------------------------------------------------------------------------


async def test_home_says_what_is_due_and_how_to_begin(theatre: Theatre) -> None:
    async with theatre.open() as stage:
        assert "Today: 8 due = 8 new + 0 learning + 0 review · 0 answered today" in stage.flat
        assert "Press Enter to start." in stage.text
        assert "0/11" in stage.text
        await stage.press("enter")
        assert stage.screen == "StudyScreen"


@pytest.mark.parametrize("key", ["enter", "space", "s", "ㄴ"])
async def test_the_row_under_the_cursor_is_studied(theatre: Theatre, key: str) -> None:
    theatre.desk.write("aside", *facts(1))
    async with theatre.open() as stage:
        await stage.press("down", "down", key)
        assert stage.card == "aside/n1#main"
        assert stage.app.screen.request.selection.decks == ("aside",)  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["a", "ㅁ"])
async def test_all_decks_are_studied_from_any_row(theatre: Theatre, key: str) -> None:
    async with theatre.open() as stage:
        await stage.press("j", key)
        assert stage.app.screen.request == ALL  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["p", "ㅔ"])
async def test_practice_begins_from_home(theatre: Theatre, key: str) -> None:
    async with theatre.open() as stage:
        await stage.press("down", "k", key)
        assert "practice" in stage.text


async def test_a_deck_in_error_is_marked_with_its_reason(theatre: Theatre) -> None:
    trainer = theatre.desk.trainer()
    theatre.desk.write_text("brackets.yaml", "format: [1")
    trainer.sync()
    async with theatre.open(trainer=trainer) as stage:
        await stage.press("down")
        assert "! Brackets [red]" in stage.flat
        assert "brackets.yaml:1:" in squeezed(stage)


@pytest.mark.parametrize("key", ["r", "ㄱ"])
async def test_home_reads_the_decks_again(theatre: Theatre, key: str) -> None:
    async with theatre.open() as stage:
        theatre.desk.write_text("more.yaml", deck_text("more", *facts(2)))
        await stage.press(key)
        assert "Deck more" in stage.text


async def test_home_without_decks_says_where_they_go(make_desk: Callable[..., Desk]) -> None:
    async with Theatre(make_desk("empty")).open() as stage:
        assert "There are no decks in" in stage.text
        await stage.press("enter")
        assert stage.screen == "HomeScreen"
        assert "Nothing is due there now." in stage.notices


async def test_home_after_a_session_shows_what_was_done(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter", "4", "enter")
        assert stage.screen == "HomeScreen"
        assert "1 answered today" in stage.text
        assert "1/11" in stage.text


async def test_a_data_error_while_counting_ends_with_exit_code_3(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = theatre.desk.trainer()

    def locked() -> None:
        raise StoreLocked("The store is locked.", "Close the other program.")

    monkeypatch.setattr(trainer, "overview", locked)
    async with theatre.open(trainer=trainer) as stage:
        assert "The store is locked. Close the other program." in stage.flat
        await stage.pilot.press("escape")
        await stage.pilot.pause()
        assert stage.app.return_code == 3


# --- summary ---------------------------------------------------------------------------------------------------------


async def test_the_summary_counts_and_names_what_was_missed(theatre: Theatre) -> None:
    async with theatre.open(StudyRequest(limits=Limits(2))) as stage:
        await stage.press("enter", "1", "enter", "2")
        assert stage.screen == "SummaryScreen"
        for words in (
            "2 answers",
            "Again",
            "1 of 2 passed (50%; Hard is a pass) · 2 new cards started",
            "Missed (1)",
            "Who wrote [Cumings, 1981] and [/b] about 서울 in [red]?",
            "Bruce [C.] Cumings",
            "A learning card is due in",
        ):
            assert words in stage.flat, words


@pytest.mark.parametrize("key", ["u", "ㅕ", "ctrl+z"])
async def test_the_last_answer_can_be_taken_back_at_the_summary(theatre: Theatre, key: str) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter", "4")
        assert (stage.screen, stage.answered) == ("SummaryScreen", 1)
        await stage.press(key)
        assert (stage.screen, stage.answered, stage.card) == ("StudyScreen", 0, "brackets/who#main")
        await stage.press("enter", "4", key, "escape", key)
        assert "There is nothing to undo." in stage.notices


@pytest.mark.parametrize("key", ["r", "ㄱ"])
async def test_the_session_goes_on_from_the_summary(theatre: Theatre, key: str) -> None:
    async with theatre.open(ALL) as stage:
        await stage.press("enter", "3")
        card = stage.card
        await stage.press("escape", "escape", key)
        assert (stage.screen, stage.card) == ("StudyScreen", card)
        await stage.press("escape", "u")
        assert stage.answered == 0


async def test_the_summary_says_where_other_cards_wait(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter", "4")
        assert "7 cards still due today beside this session. Press Enter for the decks." in stage.flat


async def test_keys_that_come_after_the_last_rating_do_no_harm(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter")
        for key in "43fsbiceu":
            stage.app.simulate_key(key)
        await stage.settle()
        assert stage.screen in ("SummaryScreen", "StudyScreen")
        assert stage.answered <= 1


async def test_going_on_with_nothing_due_says_so(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter", "4", "r")
        assert "Nothing is due there now." in stage.notices


# --- looks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_screens_look_as_they_did(theatre: Theatre, size: tuple[int, int]) -> None:
    suffix = f"{size[0]}x{size[1]}"
    async with theatre.open(size=size) as stage:
        check_snapshot(f"home-{suffix}", stage.app)
        await stage.press("enter")
        check_snapshot(f"question-{suffix}", stage.app)
        await stage.write("Bruce C. Cumingz", "enter")
        check_snapshot(f"close-{suffix}", stage.app)
    async with theatre.open(one("interpretation"), size=size) as stage:
        await stage.write("flight and talks", "ctrl+s", "1")
        check_snapshot(f"essay-{suffix}", stage.app)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_brackets_hangul_and_long_words_stand_whole(theatre: Theatre, size: tuple[int, int]) -> None:
    text = (theatre.desk.decks / "brackets.yaml").read_text()
    text = text.replace("title: Brackets [red] and 한국 [/b]", f"title: Brackets [red] and 한국 [/b] {LONG}")
    text = text.replace("answer: Bruce [C.] Cumings", f"answer: Bruce [C.] {LONG}")
    theatre.desk.write_text("brackets.yaml", text)
    async with theatre.open(size=size) as stage:
        assert "Brackets[red]and한국[/b]" in squeezed(stage)
        await stage.press("down")
        assert "[bold]squarebrackets[/bold],한국어" in squeezed(stage)
        await stage.press("enter")
        assert "Whowrote[Cumings,1981]and[/b]about서울in[red]?" in squeezed(stage)
        await stage.write("see [/b] [red] 김", "enter")
        assert "see[/b][red]김" in squeezed(stage)
        assert LONG[:30] in squeezed(stage)
        assert LONG[-20:] in squeezed(stage)
        await stage.press("down", "pagedown")
        assert "<b>notag</b>and김일성." in squeezed(stage)
        assert "[notalink]" in squeezed(stage)


async def test_a_link_is_shown_and_not_opened(theatre: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    async with theatre.open(one("fact"), size=LARGE) as stage:
        monkeypatch.setattr(stage.app, "open_url", lambda url, **_: opened.append(url))
        await stage.press("enter")
        lines = stage.text.splitlines()
        row = next(at for at, line in enumerate(lines) if "the archive" in line)
        await stage.pilot.click(offset=(lines[row].index("the archive") + 4, row))
        await stage.settle()
        assert opened == []
        assert "https://example.org/archive" in stage.notices


async def test_without_colour_everything_is_said_in_grey_and_in_words(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def shown() -> tuple[str, str]:
        async with theatre.open(one("interpretation")) as stage:
            await stage.press("ctrl+s", "1", "enter")
            return stage.text, stage.app.export_screenshot()

    coloured, _ = await shown()
    monkeypatch.setenv("NO_COLOR", "1")
    plain, picture = await shown()
    assert plain == coloured
    assert "[x] 1" in plain
    assert "▸ 1 Again" in plain
    colours = {Color.parse(part[:7]) for part in picture.split("fill: ")[1:] if part.startswith("#")}
    assert colours
    assert all(abs(colour.r - colour.b) < 12 for colour in colours)


@pytest.mark.parametrize("theme", ["quizkorea-light", "textual-light", "nord", "ansi-dark", "ansi-light"])
async def test_the_learners_theme_is_used(make_theatre: Callable[..., Theatre], theme: str) -> None:
    async with make_theatre(theme=theme).open(one("fact")) as stage:
        await stage.press("enter")
        assert stage.app.theme == theme
        assert "Bruce [C.] Cumings" in stage.text


async def test_an_unknown_theme_falls_back_with_a_notice(make_theatre: Callable[..., Theatre]) -> None:
    async with make_theatre(theme="no[t]here").open() as stage:
        assert stage.app.theme == "quizkorea-dark"
        assert "There is no theme 'no[t]here'" in stage.notices


def test_the_ui_sees_the_trainer_and_the_core_only(repository: Path) -> None:
    files = list((repository / "src" / "quizkorea" / "ui").rglob("*.py"))
    assert files
    for path in files:
        text = path.read_text()
        for room in ("store", "content", "export", "cli"):
            assert f"quizkorea.{room}" not in text, path
        assert len(text.splitlines()) < 300, path
        assert "except Exception" not in text, path
