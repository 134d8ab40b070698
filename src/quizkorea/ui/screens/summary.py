"""The summary of a session: what was answered, what was missed, what comes next. It can still be undone from here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll

from quizkorea.trainer.studying import StudySession
from quizkorea.trainer.today import Selection
from quizkorea.ui.commands import ScreenCommands
from quizkorea.ui.context import Context
from quizkorea.ui.guard import ending, guarded
from quizkorea.ui.keys import with_twins
from quizkorea.ui.messages import HomeWanted, SessionResumed, StudyWanted
from quizkorea.ui.requests import StudyRequest
from quizkorea.ui.screens.base import BaseScreen
from quizkorea.ui.summary_views import headline, missed_title, next_line, rating_lines, totals_line
from quizkorea.ui.widgets.key_bar import KeyBar
from quizkorea.ui.widgets.text import DeckText


class SummaryScreen(BaseScreen):
    """Looks back upon one session."""

    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "#body"
    COMMANDS = {ScreenCommands}
    KEYS_TITLE = "Keys at the summary"
    BINDINGS = [
        Binding("enter,escape,space", "home", "Home", tooltip="Back to the decks", id="home"),
        Binding(with_twins("u,ctrl+z"), "undo", "Undo", tooltip="Take back the last answer or mark", id="undo"),
        Binding(with_twins("r"), "go_on", "Go on", tooltip="Study on, if anything is due", id="go-on"),
    ]

    def __init__(self, context: Context, session: StudySession, request: StudyRequest) -> None:
        super().__init__(context)
        self.session, self.request = session, request

    def compose(self) -> ComposeResult:
        """The session in words, and the keys."""
        with VerticalScroll(id="body"), Vertical(id="column"):
            yield DeckText(id="headline")
            yield DeckText(id="ratings")
            yield DeckText(id="totals")
            yield DeckText(id="next")
            yield DeckText(id="missed-title")
            yield Vertical(id="missed")
        yield KeyBar()

    @ending
    def on_mount(self) -> None:
        """Count, and paint."""
        summary, overview = self.session.summary(), self.trainer.overview()
        self.query_one("#headline", DeckText).show(headline(summary))
        self.query_one("#ratings", DeckText).show(rating_lines(summary))
        self.query_one("#totals", DeckText).show(totals_line(summary))
        self.query_one("#next", DeckText).show(
            next_line(
                summary,
                overview,
                self.session.progress,
                cram=self.session.cram,
                is_whole=self.request.selection == Selection(),
            )
        )
        self.query_one("#missed-title", DeckText).show(missed_title(summary))
        for missed in summary.missed:
            self.query_one("#missed").mount(
                Vertical(DeckText(missed.prompt, classes="prompt"), DeckText(missed.answer, classes="answer"))
            )
        self.paint_keys()

    def action_home(self) -> None:
        """Back to the decks."""
        decks = self.request.selection.decks
        self.post_message(HomeWanted(decks[0] if len(decks) == 1 else None))

    @guarded
    def action_undo(self) -> None:
        """Take back the newest answer or mark; its card comes on screen."""
        if not self.session.can_undo:
            self.tell("There is nothing to undo.")
            return
        if self.session.undo() is not None:
            self.tell("Undone.")
            self.post_message(SessionResumed(self.request, self.session))

    @guarded
    def action_go_on(self) -> None:
        """The same session while it has cards, with all that can be taken back; else a new one."""
        if self.session.current is not None or self.session.next() is not None:
            self.post_message(SessionResumed(self.request, self.session))
        else:
            self.post_message(StudyWanted(self.request))
