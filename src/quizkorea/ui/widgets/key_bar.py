"""The keys of a screen, on as many lines as they need; each can be clicked."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

GAP = "  "
MAX_WIDTH = 100
"""As wide as the column of content, in cells."""


@dataclass(frozen=True, slots=True)
class KeyLabel:
    """One entry of the bar."""

    key: str
    label: str
    action: str
    live: bool = True
    """Whether the key does something now; dead ones are shown dim."""


class KeyBar(Static):
    """Shows labels, each kept whole, and breaks lines between them."""

    DEFAULT_CSS = """
    KeyBar {
        height: auto;
        max-width: 100;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        link-style: none;
        link-style-hover: underline;
        link-background-hover: $panel;
        link-color: $foreground;
        link-color-hover: $foreground;
    }
    """

    labels: reactive[tuple[KeyLabel, ...]] = reactive((), init=False)
    """What is shown, in order."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)

    def watch_labels(self) -> None:
        """Paint the labels anew."""
        self._paint()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._paint()

    def _paint(self) -> None:
        width = max(10, min(MAX_WIDTH, self.container_size.width or 80) - 2)
        lines: list[list[Content]] = [[]]
        used = 0
        for label in self.labels:
            entry = _entry(label)
            needed = entry.cell_length + (len(GAP) if lines[-1] else 0)
            if used + needed > width and lines[-1]:
                lines.append([])
                used, needed = 0, entry.cell_length
            lines[-1].append(entry)
            used += needed
        self.update(Content("\n").join(Content(GAP).join(line) for line in lines))


def _entry(label: KeyLabel) -> Content:
    if not label.live:
        return Content.styled(f"{label.key} {label.label}", "dim")
    words = Content(label.label)
    if label.action:  # on the words alone: a link has one colour, and the key has its own
        words = words.stylize(Style.from_meta({"@click": label.action}))
    return Content.assemble((label.key, "bold $accent"), " ", words)
