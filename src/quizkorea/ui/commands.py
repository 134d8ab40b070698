"""The command palette: everything that has a key on the screen beneath, run through the same actions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from quizkorea.ui.keys import KeyHint
from quizkorea.ui.screens.base import BaseScreen


class ScreenCommands(Provider):
    """The commands of the screen from which the palette was opened."""

    def _hints(self) -> Iterator[KeyHint]:
        screen = self.screen
        if isinstance(screen, BaseScreen):
            yield from (hint for hint in screen.hints() if hint.id != "palette" and screen.can_do(hint))

    async def discover(self) -> Hits:
        """All of them, in the order of the help."""
        for hint in self._hints():
            act = partial(self.screen.run_action, hint.action)
            yield DiscoveryHit(hint.explanation, act, help=f"Key: {', '.join(hint.keys)}")

    async def search(self, query: str) -> Hits:
        """Those that match."""
        matcher = self.matcher(query)
        for hint in self._hints():
            text = f"{hint.label}: {hint.explanation}"
            score = matcher.match(text)
            if score > 0:
                act = partial(self.screen.run_action, hint.action)
                shown: Content = matcher.highlight(text)
                yield Hit(score, shown, act, help=f"Key: {', '.join(hint.keys)}")
