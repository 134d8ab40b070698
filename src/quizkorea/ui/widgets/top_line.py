"""The first line of the study screen: where the learner is, and how far the session has come."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import reactive

from quizkorea.ui.widgets.text import DeckText


@dataclass(frozen=True, slots=True)
class TopView:
    """What the line says."""

    place: str = ""
    progress: str = ""


class TopLine(Horizontal):
    """Place on the left, progress on the right; a long place takes more lines."""

    DEFAULT_CSS = """
    TopLine { height: auto; padding: 0 1; background: $panel; color: $foreground; }
    TopLine > .place { width: 1fr; height: auto; text-style: bold; }
    TopLine > .progress { width: auto; height: auto; padding-left: 2; color: $text-muted; }
    """

    view: reactive[TopView] = reactive(TopView(), init=False)
    """What is shown."""

    def compose(self) -> ComposeResult:
        """Two texts side by side."""
        yield DeckText(classes="place")
        yield DeckText(classes="progress")

    def watch_view(self, view: TopView) -> None:
        """Paint the line anew."""
        self.query_one(".place", DeckText).show(view.place)
        self.query_one(".progress", DeckText).show(view.progress)
