"""A long answer is never lost: when it is saved, what comes back, and what is said when it cannot be saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from ui_stage import ALL, Stage, Theatre, one, texts_in

from quizkorea.core.errors import DataError, StoreFull, StoreLost, StoreReadOnly
from quizkorea.core.session import Limits
from quizkorea.ui.requests import StudyRequest

ESSAY = one("interpretation")
HALF = "half an answer,\nwith 두 줄"


async def go_to_essay(stage: Stage) -> None:
    """Answer what comes before it."""
    while not stage.card.startswith("brackets/why"):
        await stage.press(*(["enter"] if stage.in_field else ["space"]), "4")


def refusals(monkeypatch: pytest.MonkeyPatch, stage: Stage, error: DataError) -> Callable[[], int]:
    """From now on no draft can be saved; how often it was tried."""
    tried: list[object] = []

    def refuse(*text: object) -> None:
        tried.append(text)
        raise error

    monkeypatch.setattr(stage.trainer.store, "save_draft", refuse)
    return lambda: len(tried)


FULL = StoreFull("The disk took no more of the [store].", "Free some space.")


# --- when it is saved ------------------------------------------------------------------------------------------------


async def test_a_text_is_saved_soon_after_it_changed(theatre: Theatre) -> None:
    theatre.draft_seconds = 0.05
    async with theatre.open(ESSAY) as stage:
        await stage.write(HALF)
        await stage.until(lambda: texts_in(theatre.desk) == [HALF])
        await stage.press("!")
        await stage.until(lambda: texts_in(theatre.desk) == [f"{HALF}!"])
        assert stage.in_field
        assert stage.notices == ""


@pytest.mark.parametrize(
    "keys",
    [
        ("escape",),
        ("escape", "escape"),
        ("escape", "s"),
        ("escape", "b"),
        ("escape", "u"),
        ("escape", "e"),
        ("escape", "q"),
        ("f1",),
        ("ctrl+p",),
        ("ctrl+q",),
        ("ctrl+c",),
        ("ctrl+s",),
        ("ctrl+s", "enter"),
        ("ctrl+s", "u"),
    ],
)
async def test_a_text_is_saved_at_once_when_the_learner_turns_away(
    theatre: Theatre, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    theatre.environment = {"EDITOR": "true"}
    monkeypatch.setattr("quizkorea.ui.app.QuizKoreaApp.suspend", lambda self: nullcontext())  # noqa: ARG005
    async with theatre.open(StudyRequest(limits=Limits(9))) as stage:
        await go_to_essay(stage)
        await stage.write(HALF)
        assert texts_in(theatre.desk) == []
        await stage.pilot.press(*keys)
        await stage.until(lambda: texts_in(theatre.desk) == [HALF])


async def test_a_text_is_saved_before_the_note_is_edited(theatre: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    def run(_: object) -> int:
        seen.append(texts_in(theatre.desk))
        return 0

    theatre.environment, theatre.run = {"EDITOR": "true"}, run
    monkeypatch.setattr("quizkorea.ui.app.QuizKoreaApp.suspend", lambda self: nullcontext())  # noqa: ARG005
    async with theatre.open(ESSAY) as stage:
        await stage.write(HALF)
        stage.app.screen.action_edit()  # type: ignore[attr-defined]
        assert seen == [[HALF]]
        assert stage.page.text == HALF


async def test_a_text_is_written_only_when_it_changed(theatre: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    theatre.draft_seconds = 0.01
    async with theatre.open(ALL) as stage:
        tried = refusals(monkeypatch, stage, FULL)
        await stage.write("Cumings")
        await stage.press("escape", "f1", "escape")
        await go_to_essay(stage)
        await stage.press("escape", "tab", "escape", "f1", "escape", "f", "i", "escape")
        await stage.write("   \n ")
        await stage.press("escape", "b")
        assert tried() == 0


async def test_an_emptied_text_is_forgotten(theatre: Theatre) -> None:
    async with theatre.open(ESSAY) as stage:
        await stage.write(HALF, "escape")
        assert texts_in(theatre.desk) == [HALF]
        stage.page.clear()
        await stage.press("f1")
        assert texts_in(theatre.desk) == []


# --- what comes back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cram", [False, True])
async def test_the_learner_goes_on_where_the_text_ended(theatre: Theatre, cram: bool) -> None:
    request = one("interpretation", cram=cram)
    async with theatre.open(request) as stage:
        await stage.write(HALF)
        await stage.pilot.press("ctrl+q")
    async with theatre.open(request) as stage:
        while not stage.card.endswith("why#main"):
            await stage.press("enter", "4")
        assert stage.page.text == HALF
        assert stage.in_field
        assert "half an answer," in stage.text
        await stage.press("!", "ctrl+s", "enter", "3")
        assert texts_in(theatre.desk) == []
        assert texts_in(theatre.desk, "answer_text") == [f"{HALF}!"]


async def test_only_the_essay_gets_its_text_back(theatre: Theatre) -> None:
    async with theatre.open(ALL) as stage:
        await go_to_essay(stage)
        await stage.write(HALF, "escape", "u")
        assert not stage.card.startswith("brackets/why")
        assert stage.page.text == ""
        await go_to_essay(stage)
        assert stage.page.text == HALF


async def test_undo_while_writing_takes_back_the_last_answer_and_keeps_the_text(theatre: Theatre) -> None:
    async with theatre.open(ALL) as stage:
        await go_to_essay(stage)
        answered = stage.answered
        await stage.write(HALF, "escape", "u")
        assert stage.answered == answered - 1
        assert "Undone." in stage.notices
        assert texts_in(theatre.desk) == [HALF]


@pytest.mark.parametrize("submit", [("ctrl+s", "enter", "3"), ("ctrl+s", "enter", "1")])
async def test_an_essay_that_is_taken_back_has_its_text_again(theatre: Theatre, submit: tuple[str, ...]) -> None:
    theatre.draft_seconds = 0.01
    async with theatre.open(StudyRequest(ESSAY.selection, Limits(1))) as stage:
        await stage.write(HALF, *submit)
        assert stage.screen == "SummaryScreen"
        assert texts_in(theatre.desk) == []
        await stage.press("u")
        assert stage.page.text == HALF
        await stage.press("f1", "escape", "escape", "f", "u", "escape", "escape")
        assert texts_in(theatre.desk) == [HALF]
        assert stage.answered == 0


async def test_an_essay_revealed_and_not_rated_comes_back_with_its_text(theatre: Theatre) -> None:
    async with theatre.open(ESSAY) as stage:
        await stage.write(HALF, "ctrl+s", "1")
        assert texts_in(theatre.desk) == [HALF]
        await stage.pilot.press("ctrl+q")
    async with theatre.open(ESSAY) as stage:
        assert stage.page.text == HALF
        assert "Key points" not in stage.text


async def test_ctrl_z_does_not_take_a_text_away_that_came_back(theatre: Theatre) -> None:
    async with theatre.open(ESSAY) as stage:
        await stage.write(HALF)
        await stage.pilot.press("ctrl+q")
    async with theatre.open(ESSAY) as stage:
        await stage.press("ctrl+z", "ctrl+z")
        assert stage.page.text == HALF


# --- when it cannot be saved -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [FULL, StoreReadOnly("The [store] is read-only.")])
async def test_a_text_that_cannot_be_saved_is_told_once_and_tried_again(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch, error: DataError
) -> None:
    theatre.draft_seconds = 0.01
    async with theatre.open(ESSAY) as stage:
        with monkeypatch.context() as disk:
            tried = refusals(disk, stage, error)
            await stage.write(HALF)
            await stage.until(lambda: tried() > 0 and bool(stage.notices))
            (told,), before = stage.app._notifications, tried()
            await stage.until(lambda: tried() > before + 3)
            assert list(stage.app._notifications) == [told]
            assert stage.notices.startswith("Your text is not saved yet; this is tried again by itself. The ")
            assert str(error) in stage.notices
            await stage.press("!")
            assert stage.in_field
        await stage.until(lambda: texts_in(theatre.desk) == [f"{HALF}!"])
        await stage.until(lambda: stage.notices == "")


@pytest.mark.parametrize("keys", [("escape",), ("s",), ("b",), ("u",), ("e",)])
async def test_a_text_that_cannot_be_saved_is_not_left_behind(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    theatre.environment = {"EDITOR": "true"}
    async with theatre.open(ALL) as stage:
        await go_to_essay(stage)
        card = stage.card
        with monkeypatch.context() as disk:
            refusals(disk, stage, FULL)
            await stage.write(HALF, "escape", *keys)
            assert (stage.screen, stage.card, stage.page.text) == ("StudyScreen", card, HALF)
            assert stage.notices == str(FULL)
        await stage.press("escape")
        assert stage.screen == "SummaryScreen"
        assert texts_in(theatre.desk) == [HALF]


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_quitting_with_a_text_that_cannot_be_saved_takes_two_presses(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with theatre.open(ESSAY) as stage:
        refusals(monkeypatch, stage, FULL)
        await stage.write(HALF, key)
        assert not stage.app._exit
        assert stage.notices == f"Your text cannot be saved; quit again to leave without it. {FULL}"
        await stage.pilot.press(key)
        assert stage.app._exit
        assert stage.app.return_code == 0
        assert "your unfinished text was not saved. The disk took no more" in str(stage.app._exit_renderables)


async def test_an_essay_is_revealed_and_then_rated_when_there_is_room_again(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with theatre.open(ESSAY) as stage:
        with monkeypatch.context() as disk:
            refusals(disk, stage, FULL)
            await stage.write(HALF, "ctrl+s", "enter", "3")
            assert stage.answered == 0
            assert str(FULL) in stage.notices
            assert "4 Easy" in stage.text
        await stage.press("3")
        assert stage.answered == 1
        assert texts_in(theatre.desk, "answer_text") == [HALF]
        assert stage.notices == ""


async def test_a_store_that_was_lost_ends_the_program_also_while_writing(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    theatre.draft_seconds = 0.01
    async with theatre.open(ESSAY) as stage:
        tried = refusals(monkeypatch, stage, StoreLost("The store is gone; a copy is in [the backups]."))
        await stage.write(HALF)
        await stage.until(lambda: stage.screen == "Panel")
        assert "a copy is in [the backups]" in stage.flat
        assert tried() == 1
        await stage.pilot.press("enter")
        await stage.pilot.pause()
        assert (stage.app.return_code, tried()) == (3, 1)
