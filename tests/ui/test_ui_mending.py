"""What the learner can mend keeps the card on screen; what nobody can mend here ends the program with a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext

import pytest
from ui_stage import ALL, Stage, Theatre, one

from builders import Desk, facts, rate, take
from quizkorea.core.errors import DataError, StoreFull, StoreLocked, StoreLost, StoreReadOnly, StoreUnreadable
from quizkorea.core.schedule import Rating
from quizkorea.ui.screens.base import LONG_NOTICE_SECONDS

FULL = StoreFull("The disk took no more of the [store].", "Free some space, then try again.")
LOCKED = StoreLocked("Another program has kept the [store] locked.", "Close it, then try again.")


@contextmanager
def locked(stage: Stage, desk: Desk) -> Iterator[None]:
    """Another program is in the middle of writing; we do not wait for it."""
    stage.trainer.store.connection.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(desk.home.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def refuse(error: DataError) -> Callable[..., None]:
    def act(*_: object, **__: object) -> None:
        raise error

    return act


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        (("3",), "1 done"),
        (("f",), "Flagged."),
        (("s",), "Suspended"),
        (("b",), "Buried"),
        (("u",), "Undone."),
    ],
)
async def test_a_locked_store_keeps_the_card_and_the_key_works_when_it_is_pressed_again(
    theatre: Theatre, keys: tuple[str, ...], says: str
) -> None:
    async with theatre.open(ALL) as stage:
        if says == "Undone.":
            await stage.press("enter", "4")
        await stage.press("enter")
        card, before = stage.card, stage.text
        with locked(stage, theatre.desk):
            await stage.press(*keys)
            assert (stage.screen, stage.card) == ("StudyScreen", card)
            assert stage.notices.startswith("Another program has kept the store quizkorea.db locked")
            assert stage.notices.endswith("Close the other quizkorea, then try again.")
            assert before.splitlines()[4:] == stage.text.splitlines()[4:]
        await stage.press(*keys)
        assert says in stage.text
        assert "Another program" not in stage.notices


@pytest.mark.parametrize("error", [FULL, LOCKED])
async def test_the_notice_is_whole_an_error_and_stays_until_the_learner_has_read_it(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch, error: DataError
) -> None:
    async with theatre.open(one("fact")) as stage:
        monkeypatch.setattr(stage.trainer.store, "answer", refuse(error))
        await stage.press("enter", "3", "3")
        (notice,) = stage.app._notifications
        assert (notice.severity, notice.message, notice.timeout) == ("error", str(error), LONG_NOTICE_SECONDS)
        assert str(error) in stage.flat
        assert "4 Easy" in stage.text
        assert not stage.app._exit


async def test_an_edit_beside_a_locked_store_is_read_at_the_next_try(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = theatre.desk.decks / "brackets.yaml"

    def run(_: object) -> int:
        theatre.desk.write_text(path.name, path.read_text().replace("Who wrote", "Who truly wrote"))
        return 0

    theatre.environment, theatre.run = {"EDITOR": "true"}, run
    monkeypatch.setattr("quizkorea.ui.app.QuizKoreaApp.suspend", lambda self: nullcontext())  # noqa: ARG005
    async with theatre.open(one("fact")) as stage:
        with locked(stage, theatre.desk):
            await stage.press("enter", "e")
            assert "Another program has kept the store" in stage.notices
        await stage.press("e")
        assert "Who truly" in stage.flat


async def test_undo_at_the_summary_waits_for_a_locked_store(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter", "4")
        with locked(stage, theatre.desk):
            await stage.press("u")
            assert stage.screen == "SummaryScreen"
            assert "Another program has kept the store" in stage.notices
        await stage.press("u")
        assert (stage.screen, stage.answered) == ("StudyScreen", 0)


@pytest.mark.parametrize("error", [FULL, LOCKED])
async def test_a_session_that_cannot_begin_leaves_the_learner_at_the_decks(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch, error: DataError
) -> None:
    async with theatre.open() as stage:
        with monkeypatch.context() as disk:
            disk.setattr(stage.trainer, "study", refuse(error))
            await stage.press("enter")
            assert stage.screen == "HomeScreen"
            assert str(error) in stage.notices
        await stage.press("enter")
        assert stage.screen == "StudyScreen"


async def test_decks_that_cannot_be_read_again_stay_as_they_were(theatre: Theatre) -> None:
    async with theatre.open() as stage:
        theatre.desk.write("more", *facts(2))
        with locked(stage, theatre.desk):
            await stage.press("r")
            assert "The decks were not read again. Another program has kept the store" in stage.notices
            assert "Brackets [red]" in stage.flat
            assert "Deck more" not in stage.text
        await stage.press("r")
        assert "Deck more" in stage.text
        assert stage.notices == ""


@pytest.mark.parametrize("at", ["answer", "set_marks"])
@pytest.mark.parametrize("error", [StoreUnreadable, StoreReadOnly, StoreLost, DataError])
async def test_what_nobody_can_mend_here_is_a_sentence_and_exit_code_3(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch, at: str, error: type[DataError]
) -> None:
    async with theatre.open(ALL) as stage:
        monkeypatch.setattr(stage.trainer.store, at, refuse(error("The store [x] is gone.", "Look there.")))
        await stage.press("enter", "3" if at == "answer" else "f")
        assert "The store [x] is gone. Look there." in stage.flat
        await stage.pilot.press("enter")
        await stage.pilot.pause()
        assert stage.app.return_code == 3
        assert isinstance(stage.app.fault, error)


async def test_a_next_card_that_cannot_be_read_ends_the_program_after_the_answer_is_saved(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with theatre.open(ALL) as stage:
        monkeypatch.setattr(stage.trainer.store, "card", refuse(LOCKED))
        await stage.press("enter", "3")
        await stage.until(lambda: "Another program has kept the [store] locked." in stage.flat)
        assert stage.screen == "Panel"
        assert stage.answered == 1


# --- what the trainer has to say -------------------------------------------------------------------------------------


def cannot_back_up(desk: Desk) -> None:
    """There is something to copy, and no place for the copy."""
    session = desk.trainer().study()
    take(session)
    rate(session, Rating.EASY)
    desk.hand.forward(days=1)
    for copy in desk.home.backups.glob("*"):
        copy.unlink()
    if desk.home.backups.exists():
        desk.home.backups.rmdir()
    desk.home.backups.write_text("a file where a folder should be")


@pytest.mark.parametrize("begins_at_home", [False, True])
async def test_a_backup_that_could_not_be_made_is_told_and_the_session_begins(
    theatre: Theatre, begins_at_home: bool
) -> None:
    cannot_back_up(theatre.desk)
    async with theatre.open(None if begins_at_home else ALL) as stage:
        if begins_at_home:
            await stage.press("enter")
        assert stage.screen == "StudyScreen"
        assert stage.notices.startswith("Today's backup ")
        assert "Today's backup " in stage.text.splitlines()[0]
        assert str(theatre.desk.home.folder) not in stage.notices
        assert [notice.severity for notice in stage.app._notifications] == ["warning"]
        assert stage.trainer.take_notices() == []


async def test_every_notice_of_the_trainer_is_shown_also_when_nothing_is_due(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = theatre.desk.trainer()
    said = ["One [thing].", "Another thing."]
    monkeypatch.setattr(trainer, "take_notices", lambda: [said.pop(0) for _ in tuple(said)])
    async with theatre.open(one("fact", new_limit=0), trainer=trainer) as stage:
        assert stage.screen == "HomeScreen"
        assert stage.notices == "One [thing]. Another thing. Nothing is due there now."
