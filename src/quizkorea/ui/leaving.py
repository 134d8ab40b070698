"""The ways out of the app: the learner quits, a signal comes, the data cannot be used, or there is a fault of ours."""

from __future__ import annotations

import asyncio
import signal
import sys

from rich.console import RenderableType
from rich.text import Text
from textual.app import App

from quizkorea.core.errors import DataError
from quizkorea.ui.messages import Failed
from quizkorea.ui.screens.drafting import DraftingScreen
from quizkorea.ui.screens.panel import Panel

EXIT_INTERRUPTED = 130


class LeavingApp(App[None]):
    """An app that saves a long answer in the making before it ends."""

    fault: Exception | None = None
    """What ended the program, a problem with the data or a fault of its own; whoever runs the app says so."""

    def leave_when_told(self) -> None:
        """A signal to end gives the terminal back first; answers are saved as they are given."""
        if self.is_headless or sys.platform == "win32":
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self.exit, None, EXIT_INTERRUPTED)

    async def action_quit(self) -> None:
        """Leave; where that would lose a text, the learner is told first."""
        if not any(screen.asks_to_stay() for screen in self._drafting):
            self.exit()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave, by whatever way it came to this."""
        for screen in self._drafting:
            try:
                screen.keep_draft()
            except DataError as error:
                message = message or Text(f"quizkorea: your unfinished text was not saved. {error}")
            screen.draft.close()
        super().exit(result, return_code, message)

    @property
    def _drafting(self) -> list[DraftingScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, DraftingScreen)]

    def on_failed(self, event: Failed) -> None:
        """Say what is wrong with the data; it is said again after leaving, where it can be copied."""
        if self.fault is not None:
            return
        self.fault = error = event.error
        for screen in self._drafting:
            screen.draft.close()  # nothing more is written

        def leave(_: None) -> None:
            self.exit(return_code=error.exit_code)

        self.push_screen(Panel("The program cannot go on", [(str(error), "")]), leave)

    def _handle_exception(self, error: Exception) -> None:
        """Textual would print a traceback; ours is for a report. (The one private name of Textual that we use.)"""
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.fault = error
            self.exit(return_code=3)
