"""A modal panel that shows something and goes away: help, card info, the sentence of an error."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen

from quizkorea.ui.keys import with_twins
from quizkorea.ui.widgets.text import DeckText


class Panel(ModalScreen[None]):
    """A title and rows of two columns; a row without a second column takes the whole width."""

    CSS_PATH = "panel.tcss"
    AUTO_FOCUS = "#rows"
    BINDINGS = [Binding(with_twins("escape,enter,space,q,question_mark,i"), "close", "Close", id="close")]

    def __init__(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title, self._rows = title, tuple(rows)

    def compose(self) -> ComposeResult:
        """Title, rows, and how to go on."""
        with Vertical(id="panel"):
            yield DeckText(self._title, id="title")
            with VerticalScroll(id="rows"):
                for left, right in self._rows:
                    if right:
                        yield Horizontal(DeckText(left, classes="left"), DeckText(right, classes="right"))
                    else:
                        yield DeckText(left, classes="whole")
            yield DeckText("Esc or Enter closes · ↑ ↓ scroll", id="close")

    def action_close(self) -> None:
        """Go back to the screen beneath."""
        self.dismiss(None)
