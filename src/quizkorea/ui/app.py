"""The Textual app: wiring only. Themes, keys, and which screen comes next."""

from __future__ import annotations

from textual.binding import Binding

from quizkorea.core.errors import QuizKoreaError, UsageError
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.settings import Settings
from quizkorea.trainer.studying import StudySession
from quizkorea.ui.context import Context
from quizkorea.ui.guard import MENDABLE
from quizkorea.ui.keys import keymap_of, keymap_problems
from quizkorea.ui.leaving import LeavingApp
from quizkorea.ui.messages import Failed, HomeWanted, SessionEnded, SessionResumed, StudyWanted
from quizkorea.ui.requests import StudyRequest
from quizkorea.ui.screens.base import LONG_NOTICE_SECONDS
from quizkorea.ui.screens.home import HomeScreen
from quizkorea.ui.screens.study import StudyScreen
from quizkorea.ui.screens.summary import SummaryScreen
from quizkorea.ui.themes import OWN_THEMES, chosen_theme

SCREENS_WITH_KEYS = (HomeScreen, StudyScreen, SummaryScreen)


class QuizKoreaApp(LeavingApp):
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
        for theme in OWN_THEMES:
            self.register_theme(theme)
        self._notices = keymap_problems(context.keymap, [screen.all_bindings() for screen in SCREENS_WITH_KEYS])
        self.set_keymap(context.keymap)

    def on_mount(self) -> None:
        """Take the learner's theme, open the first screen, and say what could not be done."""
        self.leave_when_told()
        self.theme, notice = chosen_theme(self.settings.theme, self.available_themes)
        if self.start is None:
            self.push_screen(HomeScreen(self.context))
        else:
            self._begin(self.start)
        self._warn(*self._notices, notice)

    def _begin(self, request: StudyRequest) -> None:
        """Start with a session; where nothing is due, with the decks."""
        session = self._session(request)
        self._notices += self.context.trainer.take_notices()
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
        except MENDABLE as error:
            short = self.context.in_short(str(error))
            self.notify(short, severity="error", markup=False, timeout=LONG_NOTICE_SECONDS)
            return
        except QuizKoreaError as error:
            self.on_failed(Failed(error))
            return
        self._warn(*self.context.trainer.take_notices())
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

    def _warn(self, *sentences: str) -> None:
        for sentence in filter(None, sentences):
            short = self.context.in_short(sentence)
            self.notify(short, severity="warning", markup=False, timeout=LONG_NOTICE_SECONDS)

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
