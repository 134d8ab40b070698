"""A stage for tests of the screens: the real app over a real trainer, real keys, and what stands on screen as text."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from builders import Desk
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.today import Selection
from quizkorea.ui.app import QuizKoreaApp
from quizkorea.ui.context import Context
from quizkorea.ui.keys import keymap_of
from quizkorea.ui.requests import StudyRequest

HERE = Path(__file__).parent
DECKS = HERE / "data" / "decks"
SNAPSHOTS = HERE / "snapshots"
REWRITE = "QUIZKOREA_SNAPSHOTS"
"""Environment variable: when set, snapshots are written instead of compared."""


@dataclass
class Seconds:
    """Monotonic seconds; every look at them moves them on, unless a test holds them."""

    now: float = 0.0
    step: float = 1.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def lines_on(app: QuizKoreaApp) -> list[str]:
    """What stands on screen, top to bottom. (The only use of a private attribute of Textual.)"""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


@dataclass
class Stage:
    """A running app."""

    app: QuizKoreaApp
    pilot: Pilot[None]
    trainer: Trainer
    seconds: Seconds

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until all has been painted."""
        await self.pilot.press(*keys)
        await self.settle()

    async def write(self, text: str, *then: str) -> None:
        """Put a text into the field as a terminal's paste does (far quicker than key by key), then press keys."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        await self.press(*then)

    async def settle(self) -> None:
        """Wait for threads, and until all has been painted."""
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()
        await self.pilot.pause()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so; it must be within ten seconds."""
        deadline = time.monotonic() + 10
        while not is_so():
            assert time.monotonic() < deadline, f"it did not come to be:\n{self.text}"
            await self.pilot.pause(0.02)

    @property
    def page(self) -> TextArea:
        """Where a long answer is written."""
        return self.app.screen.query_one(TextArea)

    @property
    def text(self) -> str:
        """The screen as one text, its lines joined by line ends."""
        return "\n".join(lines_on(self.app))

    @property
    def flat(self) -> str:
        """The screen as one line with single spaces: for words that may be broken between lines."""
        return " ".join(self.text.split())

    @property
    def screen(self) -> str:
        """The name of the screen on top."""
        return type(self.app.screen).__name__

    @property
    def card(self) -> str:
        """The name of the card on screen."""
        return self.app.screen.attempt.presented.name  # type: ignore[attr-defined]

    @property
    def in_field(self) -> bool:
        """Whether a field has the focus."""
        return isinstance(self.app.focused, Input | TextArea)

    @property
    def answered(self) -> int:
        """Answers that stand in the store."""
        return self.trainer.overview().answered_today

    @property
    def notices(self) -> str:
        """All notices that are showing."""
        return " ".join(str(notice.message) for notice in self.app._notifications)


def lay_out(desk: Desk) -> Desk:
    """Put the decks of these tests on a desk."""
    for path in sorted(DECKS.iterdir()):
        desk.write_text(path.name, path.read_text(encoding="utf-8"))
    return desk


def texts_in(desk: Desk, table: str = "draft") -> list[str]:
    """The long answers in the store, as another program reads them: unfinished ones, or those of `answer_text`."""
    with closing(sqlite3.connect(desk.home.store)) as connection:
        return [text for (text,) in connection.execute(f"SELECT text FROM {table}")]


def one(type_name: str, **more: object) -> StudyRequest:
    """A session over the notes of one type."""
    return StudyRequest(Selection(type=type_name), **more)  # type: ignore[arg-type]


ALL = StudyRequest()


@dataclass
class Theatre:
    """Opens stages over one desk."""

    desk: Desk
    environment: dict[str, str] = field(default_factory=dict)
    run: Callable[..., int] = lambda command: 0  # noqa: ARG005
    draft_seconds: float = 600.0
    """No draft is saved by time alone, unless a test wants it."""

    @asynccontextmanager
    async def open(
        self, study: StudyRequest | None = None, size: tuple[int, int] = (80, 24), trainer: Trainer | None = None
    ) -> AsyncIterator[Stage]:
        """Run the app; the trainer is the desk's."""
        trainer, seconds = trainer or self.desk.trainer(), Seconds()
        context = Context(
            trainer, keymap_of(trainer.settings.keys), seconds, self.environment, self.run, self.draft_seconds
        )
        app = QuizKoreaApp(context, trainer.settings, study)
        async with app.run_test(size=size, notifications=True) as pilot:
            stage = Stage(app, pilot, trainer, seconds)
            await stage.settle()
            yield stage


def check_snapshot(name: str, app: QuizKoreaApp) -> None:
    """Compare the screen with its snapshot; write it when asked to, or when there is none."""
    path, now = SNAPSHOTS / f"{name}.txt", "\n".join(lines_on(app)).rstrip() + "\n"
    if os.environ.get(REWRITE):
        path.write_text(now, encoding="utf-8")
    assert path.exists(), f"there is no snapshot {name}; set {REWRITE}=1 to write it"
    assert now == path.read_text(encoding="utf-8")


__all__ = ["ALL", "Seconds", "Stage", "Theatre", "check_snapshot", "lay_out", "lines_on", "one", "texts_in"]
