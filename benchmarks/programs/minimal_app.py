"""The least that a Textual app can be: it shows a word, and another one at each key."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class MinimalApp(App[None]):
    """One line of text."""

    number = 0

    def compose(self) -> ComposeResult:
        """The first word."""
        yield Static("Q000000")

    def on_key(self, event: Key) -> None:
        """The next word."""
        event.stop()
        self.number += 1
        self.query_one(Static).update(f"Q{self.number:06d}")


if __name__ == "__main__":
    MinimalApp().run()
