"""The Textual app: wiring only. Themes, keys, screens, and the way out."""

from __future__ import annotations

import asyncio
import signal
import sys

from rich.text import Text
from textual.app import App
from textual.binding import Binding

from quizkorea.core.errors import QuizKoreaError, UsageError
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.settings import Settings
from quizkorea.trainer.studying import StudySession
from quizkorea.ui.context import Context
from quizkorea.ui.keys import keymap_of, keymap_problems
from quizkorea.ui.messages import Failed, HomeWanted, SessionEnded, SessionResumed, StudyWanted
from quizkorea.ui.requests import StudyRequest
from quizkorea.ui.screens.home import HomeScreen
from quizkorea.ui.screens.panel import Panel
from quizkorea.ui.screens.study import StudyScreen
from quizkorea.ui.screens.summary import SummaryScreen
from quizkorea.ui.themes import OWN_THEMES, chosen_theme

SCREENS_WITH_KEYS = (HomeScreen, StudyScreen, SummaryScreen)


class QuizKoreaApp(App[None]):
    """One screen at a time: home, study or summary; panels come on top."""

    TITLE = "quizkorea"
    CSS_PATH = "app.tcss"
    BINDINGS = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True, system=True),
        Binding("ctrl+p", "command_palette", "Palette", show=False, system=True),
    ]

    def __init__(self, context: Context, settings: Settings, start: StudyRequest | None = None) -> None:
        super().__init__()
        self.context, self.settings, self.start = context, settings, start
        self.fault: Exception | None = None
        """A fault of the program that ended it; whoever runs the app says so."""
        for theme in OWN_THEMES:
            self.register_theme(theme)
        self._notices = keymap_problems(context.keymap, [screen.all_bindings() for screen in SCREENS_WITH_KEYS])
        self.set_keymap(context.keymap)

    def on_mount(self) -> None:
        """Take the learner's theme, open the first screen, and say what could not be done."""
        self._leave_when_told()
        self.theme, notice = chosen_theme(self.settings.theme, self.available_themes)
        if self.start is None:
            self.push_screen(HomeScreen(self.context))
        else:
            self._begin(self.start)
        for sentence in [*self._notices, notice]:
            if sentence:
                self.notify(sentence, severity="warning", markup=False)

    def _leave_when_told(self) -> None:
        """A signal to end gives the terminal back first; answers are saved as they are given."""
        if self.is_headless or sys.platform == "win32":
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self.exit, None, 128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """Textual would print a traceback; ours is for a report. (The one private name of Textual that we use.)"""
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.fault = error
            self.exit(return_code=3)

    def _begin(self, request: StudyRequest) -> None:
        """Start with a session; where nothing is due, with the decks."""
        session = self._session(request)
        if session.next() is None:
            self._notices.append("Nothing is due there now.")
            self.push_screen(HomeScreen(self.context))
        else:
            self.push_screen(StudyScreen(self.context, session, request))

    def on_study_wanted(self, event: StudyWanted) -> None:
        """Begin a session; without a card there is nothing to show."""
        try:
            session = self._session(event.request)
            card = session.next()
        except UsageError as error:  # the deck has gone since it was chosen
            self.notify(str(error), severity="warning", markup=False)
            self.switch_screen(HomeScreen(self.context, sync=True))
            return
        except QuizKoreaError as error:
            self.on_failed(Failed(error))
            return
        if card is None:
            self.notify("Nothing is due there now.", markup=False)
        else:
            self.switch_screen(StudyScreen(self.context, session, event.request))

    def on_session_ended(self, event: SessionEnded) -> None:
        """Look back upon it."""
        self.switch_screen(SummaryScreen(self.context, event.session, event.request))

    def on_session_resumed(self, event: SessionResumed) -> None:
        """Go on with it."""
        self.switch_screen(StudyScreen(self.context, event.session, event.request))

    def on_home_wanted(self, event: HomeWanted) -> None:
        """Back to the decks, which are read again."""
        self.switch_screen(HomeScreen(self.context, event.deck, sync=True))

    def on_failed(self, event: Failed) -> None:
        """Say what is wrong with the data, then leave with its exit code."""
        error = event.error

        def leave(_: None) -> None:
            self.exit(return_code=error.exit_code, message=Text(f"quizkorea: {error}"))

        self.push_screen(Panel("The program cannot go on", [(str(error), "")]), leave)

    def _session(self, request: StudyRequest) -> StudySession:
        return self.context.trainer.study(request.selection, request.limits, request.new_limit, request.cram)


def make_app(trainer: Trainer, settings: Settings, study: StudyRequest | None = None) -> QuizKoreaApp:
    """The app over an open trainer; `study` begins a session at once."""
    return QuizKoreaApp(Context(trainer, keymap_of(settings.keys)), settings, study)


def run_app(trainer: Trainer, study: StudyRequest | None = None) -> int:
    """Run the app until the learner leaves; the exit code."""
    app = make_app(trainer, trainer.settings, study)
    app.run()
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0
