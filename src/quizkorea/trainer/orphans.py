"""Orphans: listed, joined to the card that took their place, or put away. Each action can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from quizkorea.core.errors import UsageError
from quizkorea.store.orphans import (
    DISCARD,
    RENAME,
    discard_cards,
    newest_action,
    rename_cards,
    undo_discard,
    undo_rename,
)
from quizkorea.store.records import Orphan, orphans
from quizkorea.store.rows import Rebuild
from quizkorea.store.store import Store
from quizkorea.store.values import LoadedDeck


class OrphanDesk:
    """Acts on the orphans of the loaded decks. Before each change the store is backed up."""

    def __init__(self, store: Store, decks: Sequence[LoadedDeck], rebuild: Rebuild) -> None:
        self._store, self._rebuild = store, rebuild
        # decks that are absent or in error make no orphans
        self._deck_ids = [deck.id for deck in decks if deck.problem is None]

    def all(self) -> list[Orphan]:
        """Cards that their decks no longer give, by name."""
        return orphans(self._store.path, self._deck_ids)

    def rename(self, old: str, new: str, now_ms: int) -> int:
        """Move all that is kept of an orphan to a card of today; how many cards.

        Both are cards (`deck/note#part`) or both notes (`deck/note`). Raises UsageError for what is not there.
        """
        moves = self._moves(old, new)
        self._store.back_up(now_ms, "before-orphans")
        rename_cards(self._store, moves, now_ms, self._rebuild)
        return len(moves)

    def choose(self, names: Sequence[str]) -> list[Orphan]:
        """The orphans of these names, all when none is named. Raises UsageError for a name that no orphan has."""
        there = self.all()
        for name in names:
            if not _named(there, name):
                raise self._no_orphan(name, there)
        return [orphan for orphan in there if not names or any(_is_called(orphan, name) for name in names)]

    def delete(self, chosen: Sequence[Orphan], now_ms: int) -> None:
        """Put orphans away: hidden and uncounted, their reviews kept."""
        self._store.back_up(now_ms, "before-orphans")
        discard_cards(self._store, [orphan.key for orphan in chosen], now_ms)

    def undo_rename(self, now_ms: int) -> int:
        """Take back the last rename; how many cards. Raises UsageError when there is none."""
        return undo_rename(self._store, self._newest(RENAME), now_ms, self._rebuild)

    def undo_delete(self, now_ms: int) -> int:
        """Bring back what was put away last; how many cards. Raises UsageError when there is nothing."""
        return undo_discard(self._store, self._newest(DISCARD), now_ms)

    def _newest(self, kind: str) -> int:
        action = newest_action(self._store, kind)
        if action is None:
            verb = {RENAME: "renamed", DISCARD: "deleted"}[kind]
            raise UsageError(f"No orphan was {verb}, so there is nothing to take back.")
        return action

    def _moves(self, old: str, new: str) -> list[tuple[int, str, str]]:
        if ("#" in old) != ("#" in new):
            raise UsageError("Name two cards (deck/note#part) or two notes (deck/note).")
        there = self.all()
        chosen = _named(there, old)
        if not chosen:
            raise self._no_orphan(old, there)
        moves = [(one.key, one.name, new if "#" in new else f"{new}#{one.name.partition('#')[2]}") for one in chosen]
        for _, _, name in moves:
            if name not in self._given(new):
                raise UsageError(f"There is no card {name!r} in today's decks.", _did_you_mean(name, self._given(new)))
        return moves

    def _no_orphan(self, name: str, there: Sequence[Orphan]) -> UsageError:
        if any(name in (given, given.partition("#")[0]) for given in self._given(name)):
            hint = "A card that its deck still gives is renamed in the deck, by a `was:` line."
        else:
            hint = _did_you_mean(name, [orphan.name for orphan in there])
        return UsageError(f"{name!r} is no orphan.", hint)

    def _given(self, name: str) -> list[str]:
        return self._store.given_names(name.partition("/")[0])


def _is_called(orphan: Orphan, name: str) -> bool:
    return name in (orphan.name, orphan.name.partition("#")[0])


def _named(there: Sequence[Orphan], name: str) -> list[Orphan]:
    return [orphan for orphan in there if _is_called(orphan, name)]


def _did_you_mean(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, [*names, *(one.partition("#")[0] for one in names)], n=1)
    return f"Did you mean {near[0]!r}?" if near else "`quizkorea orphans list` names the orphans."
