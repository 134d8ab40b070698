"""The home screen: what is due today, and the decks as a course."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import DataTable

from quizkorea.core.errors import QuizKoreaError
from quizkorea.trainer.today import DeckOverview, LoadReport, Overview, Selection
from quizkorea.ui.commands import ScreenCommands
from quizkorea.ui.context import Context
from quizkorea.ui.guard import MENDABLE
from quizkorea.ui.home_views import detail_text, headline, number, progress_cell, today_line
from quizkorea.ui.keys import with_twins
from quizkorea.ui.messages import Failed, StudyWanted
from quizkorea.ui.requests import StudyRequest
from quizkorea.ui.screens.base import BaseScreen
from quizkorea.ui.widgets.key_bar import KeyBar
from quizkorea.ui.widgets.text import DeckText

ALL = "*"
"""Row key of “all decks”; no slug can be this."""
_FIXED = (("New", 4), ("Learning", 8), ("Review", 6), ("Seen", 18))


class HomeScreen(BaseScreen):
    """Lists the decks; Enter studies the row under the cursor."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "#decks"
    COMMANDS = {ScreenCommands}
    KEYS_TITLE = "Keys on the home screen"
    BINDINGS = [
        Binding(with_twins("enter,s,space"), "study", "Study", tooltip="Study the deck of this row", id="study"),
        Binding(with_twins("a"), "study_all", "All decks", tooltip="Study all decks", id="study-all"),
        Binding(with_twins("p"), "practise", "Practise", tooltip="Practise; the schedule is untouched", id="practise"),
        Binding(with_twins("r"), "reload", "Reload", tooltip="Read the deck files again", id="reload"),
        Binding(with_twins("up,k"), "cursor(-1)", "Up", tooltip="The row above", id="up"),
        Binding(with_twins("down,j"), "cursor(1)", "Down", tooltip="The row below", id="down"),
    ]

    @dataclass
    class Loaded(Message):
        """The decks were read and counted."""

        overview: Overview
        report: LoadReport
        problem: str = ""
        """Why the decks were not read again, if they were to be and could not."""

    overview: reactive[Overview | None] = reactive(None, init=False)
    """What is shown; None until the first count is in."""

    def __init__(self, context: Context, deck: str | None = None, *, sync: bool = False) -> None:
        super().__init__(context)
        self._row, self._sync = deck or ALL, sync
        self._is_loading = False
        self._waiting: StudyRequest | None = None
        self._report = context.trainer.report

    def compose(self) -> ComposeResult:
        """Headline, today's line, table, detail of the row, keys."""
        with Vertical(id="column"):
            yield DeckText(id="headline")
            yield DeckText("Counting what is due …", id="today")
            yield DataTable(id="decks", cursor_type="row", zebra_stripes=False)
            yield DeckText(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        """Count; after a session read the decks first."""
        self.paint_keys()
        self._begin(sync=self._sync)

    def _begin(self, *, sync: bool) -> None:
        """One thread at a time uses the store; a session that is asked for meanwhile waits."""
        if not self._is_loading:
            self._is_loading = True
            self._load(sync)

    @work(thread=True, exclusive=True, group="overview")
    def _load(self, sync: bool) -> None:
        try:
            problem = self._sync_problem() if sync else ""
            loaded = self.Loaded(self.trainer.overview(), self.trainer.report, problem)
        except QuizKoreaError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(loaded)

    def _sync_problem(self) -> str:
        try:
            self.trainer.sync()
        except MENDABLE as error:
            return str(error)
        return ""

    def on_home_screen_loaded(self, event: Loaded) -> None:
        """Show the counts, and begin what was asked for meanwhile."""
        self._is_loading = False
        if event.problem:
            self.complain(f"The decks were not read again. {event.problem}")
        else:
            self.hush()
        self._report, self.overview = event.report, event.overview
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.post_message(StudyWanted(waiting))

    # --- painting --------------------------------------------------------------------------------------------------

    def watch_overview(self) -> None:
        """Paint everything anew."""
        if self.overview is None:
            return
        self.query_one("#headline", DeckText).show(headline(self.overview))
        self.query_one("#today", DeckText).show(today_line(self.overview))
        self._paint_table(self.overview)
        self._paint_detail()

    def on_resize(self) -> None:
        """The table's first column takes what the others leave."""
        if self.overview is not None:
            self._paint_table(self.overview)

    def _paint_table(self, overview: Overview) -> None:
        table: DataTable[Text] = self.query_one(DataTable)
        row = self._row
        width = min(100, self.size.width) - 4 - sum(width + 2 for _, width in _FIXED) - 3
        table.clear(columns=True)
        table.add_column("Course", width=max(16, width))
        for label, cells in _FIXED:
            table.add_column(Text(label, justify="left" if label == "Seen" else "right"), width=cells)
        seen, cards = (sum(getattr(deck, name) for deck in overview.decks) for name in ("seen", "cards"))
        totals = (overview.new, overview.learning, overview.review)
        table.add_row(
            Text("All decks", style="bold"), *map(number, totals), progress_cell(seen, cards), key=ALL, height=None
        )
        for deck in overview.decks:
            mark = "! " if deck.problem else ""
            counts = map(number, (deck.new, deck.learning, deck.review))
            cell = progress_cell(deck.seen, deck.cards)
            table.add_row(Text(f"{mark}{deck.title}"), *counts, cell, key=deck.slug, height=None)
        keys = [ALL, *(deck.slug for deck in overview.decks)]
        table.move_cursor(row=keys.index(row) if row in keys else 0)

    def _paint_detail(self) -> None:
        if self.overview is not None:
            text = detail_text(self.overview, self._deck_under_cursor(), self._report, self.trainer.folders)
            self.query_one("#detail", DeckText).show(text)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """The cursor moved."""
        if event.row_key.value is not None:
            self._row = event.row_key.value
            self._paint_detail()

    def _deck_under_cursor(self) -> DeckOverview | None:
        decks = self.overview.decks if self.overview is not None else ()
        return next((deck for deck in decks if deck.slug == self._row), None)

    # --- what the learner wants ------------------------------------------------------------------------------------

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter, or a click on the row under the cursor."""
        event.stop()
        self.action_study()

    def action_study(self) -> None:
        """Study the deck of the row."""
        deck = self._deck_under_cursor()
        self._want(StudyRequest(Selection((deck.slug,))) if deck else StudyRequest())

    def action_study_all(self) -> None:
        """Study all decks."""
        self._want(StudyRequest())

    def action_practise(self) -> None:
        """All cards of the row, due or not, without touching the schedule."""
        deck = self._deck_under_cursor()
        self._want(StudyRequest(Selection((deck.slug,)) if deck else Selection(), cram=True))

    def action_reload(self) -> None:
        """Read the deck files again."""
        self._begin(sync=True)

    def action_cursor(self, rows: int) -> None:
        """Move the cursor."""
        table: DataTable[Text] = self.query_one(DataTable)
        table.move_cursor(row=max(0, min(table.row_count - 1, table.cursor_row + rows)))

    def _want(self, request: StudyRequest) -> None:
        if self._is_loading:
            self._waiting = request
        else:
            self.post_message(StudyWanted(request))
