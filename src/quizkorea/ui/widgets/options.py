"""The numbered options of a choice, the items of a sequence, or key points to tick: rows that can be clicked."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive

from quizkorea.ui.widgets.text import DeckText, Prose


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `[x] 2` and a text, with what is said of it below."""

    mark: str
    text: str
    remark: str = ""
    """Plain text below the row."""
    feedback: str = ""
    """Markdown below the row."""
    style: str = ""
    """A class: `-right`, `-wrong` or `-picked`."""


class _RowLine(Horizontal):
    """A row with a hanging indent."""

    def __init__(self, row: Row, index: int) -> None:
        super().__init__(classes=row.style)
        self._row, self._index = row, index

    def compose(self) -> ComposeResult:
        """The mark, and the text beside it."""
        yield DeckText(self._row.mark, classes="mark")
        with Vertical():
            yield DeckText(self._row.text, classes="text")
            if self._row.remark:
                yield DeckText(self._row.remark, classes="remark")
            if self._row.feedback:
                yield Prose(self._row.feedback, classes="feedback")

    def on_click(self) -> None:
        """Tell the screen which row it was."""
        self.post_message(Rows.Picked(self._index))


class Rows(Vertical):
    """Shows rows, and says which was clicked."""

    DEFAULT_CSS = """
    Rows { height: auto; }
    Rows _RowLine { height: auto; padding: 0 1; }
    Rows _RowLine:hover { background: $boost; }
    Rows _RowLine > .mark { width: auto; height: auto; padding-right: 1; text-style: bold; }
    Rows _RowLine > Vertical { width: 1fr; height: auto; }
    Rows _RowLine.-right .mark, Rows _RowLine.-right .text { color: $text-success; text-style: bold; }
    Rows _RowLine.-wrong .mark, Rows _RowLine.-wrong .text { color: $text-error; }
    Rows _RowLine.-picked .text { text-style: bold; }
    Rows .remark { text-style: underline; }
    Rows .feedback { color: $text-muted; }
    """

    @dataclass
    class Picked(Message):
        """A row was clicked."""

        index: int

    rows: reactive[tuple[Row, ...]] = reactive((), recompose=True)
    """What is shown, top to bottom."""

    def compose(self) -> ComposeResult:
        """One line a row."""
        for index, row in enumerate(self.rows):
            yield _RowLine(row, index)
