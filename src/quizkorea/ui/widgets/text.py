"""Text from decks and learners: square brackets are never markup here."""

from __future__ import annotations

from markdown_it import MarkdownIt
from textual.content import Content
from textual.widgets import Markdown, Static


class DeckText(Static):
    """Plain text, shown whole as it stands."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(_content(text), id=id, classes=classes, markup=False)

    def show(self, text: str | Content) -> None:
        """Show another text; an empty one takes no room."""
        content = _content(text)
        self.display = bool(content.plain)
        self.update(content)


def _content(text: str | Content) -> Content:
    return text if isinstance(text, Content) else Content(text)


class Prose(Markdown):
    """A prose field of a note. HTML in it is text, and a link is never opened by itself."""

    DEFAULT_CSS = """
    Prose { padding: 0; }
    Prose > MarkdownBlock:last-child { margin-bottom: 0; }
    """

    def __init__(self, text: str, *, classes: str | None = None) -> None:
        super().__init__(text, classes=classes, open_links=False, parser_factory=_parser)


def _parser() -> MarkdownIt:
    return MarkdownIt("gfm-like", {"html": False})
