"""Where a learner writes: one line, or a page."""

from __future__ import annotations

from textual.widgets import TextArea


class EssayArea(TextArea):
    """A page of text. While it is empty, ctrl+z is left to the screen, which takes back the last answer."""

    def begin(self, draft: str) -> None:
        """Hold this text, with the cursor at its end; there is nothing before it to undo."""
        self.text = draft
        self.move_cursor(self.document.end)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave `undo` to the screen when there is no text to undo."""
        if action == "undo" and not self.text:
            return False
        return super().check_action(action, parameters)
