"""The four ratings with their intervals, the proposed one marked; or, before that, what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from quizkorea.core.schedule import Rating
from quizkorea.ui.widgets.text import DeckText


@dataclass(frozen=True, slots=True)
class RatingButton:
    """One button: `3 Good 10 min`."""

    rating: Rating
    key: str
    name: str
    interval: str


@dataclass(frozen=True, slots=True)
class RatingView:
    """What the bar shows; without buttons it is a line of advice."""

    note: str = ""
    buttons: tuple[RatingButton, ...] = ()
    proposed: Rating | None = None


class _Button(Static):
    """A button that can be clicked; it never takes the focus."""

    def __init__(self, rating: Rating) -> None:
        super().__init__("", markup=False)
        self._rating = rating

    def show(self, button: RatingButton, proposed: bool) -> None:
        """Paint the button; the proposed one is marked with signs, not only with colour."""
        words = f"{button.key} {button.name} {button.interval}".strip()
        self.update(Content(f"▸ {words} ◂" if proposed else words))
        self.set_class(proposed, "-proposed")

    def on_click(self) -> None:
        """Tell the screen."""
        self.post_message(RatingBar.Chosen(self._rating))


class RatingBar(Vertical):
    """Shows a `RatingView`."""

    DEFAULT_CSS = """
    RatingBar { height: auto; padding: 0 1; border-top: solid $primary; }
    RatingBar > Horizontal { height: 1; display: none; }
    RatingBar.-buttons > Horizontal { display: block; }
    RatingBar _Button { width: 1fr; height: 1; content-align: center middle; background: $surface; margin-right: 1; }
    RatingBar _Button:hover { background: $boost; }
    RatingBar _Button.-proposed { background: $primary; color: $background; text-style: bold; }
    RatingBar > DeckText { height: auto; color: $text-muted; }
    """

    @dataclass
    class Chosen(Message):
        """A button was clicked."""

        rating: Rating

    view: reactive[RatingView] = reactive(RatingView(), init=False)
    """What is shown."""

    def compose(self) -> ComposeResult:
        """Four buttons and a line."""
        with Horizontal():
            for rating in Rating:
                yield _Button(rating)
        yield DeckText()

    def watch_view(self, view: RatingView) -> None:
        """Paint the bar anew."""
        self.set_class(bool(view.buttons), "-buttons")
        for widget, button in zip(self.query(_Button), view.buttons, strict=False):
            widget.show(button, button.rating == view.proposed)
        self.query_one(DeckText).show(view.note)
