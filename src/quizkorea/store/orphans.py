"""Orphans put away, or joined to the card that took their place; both can be taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizkorea.core.errors import ChangedElsewhere
from quizkorea.store import hot
from quizkorea.store.marks import next_action
from quizkorea.store.moves import Mover, undo_moves
from quizkorea.store.rows import Rebuild

if TYPE_CHECKING:
    from quizkorea.store.store import Store

RENAME, DISCARD = "rename", "discard"


def discard_cards(store: Store, keys: Sequence[int], now_ms: int) -> int:
    """Hide cards and count them no more; their rows are kept, and a note that returns has them again. The action."""
    with store.transaction() as connection:
        action = next_action(connection, now_ms)
        for key in keys:
            if connection.execute(hot.IS_GIVEN, (key, store.loaded)).fetchone():
                continue  # its note came back meanwhile
            connection.execute("UPDATE card SET discarded_at = ? WHERE key = ?", (now_ms, key))
            # a deck elsewhere that still gives it is read again when it is next loaded, and brings it back
            connection.execute(hot.READ_AGAIN, (key,))
            connection.execute(hot.LOG_MARK, (key, action, DISCARD, "null", json.dumps(now_ms)))
    return action


def rename_cards(store: Store, moves: Sequence[tuple[int, str, str]], now_ms: int, rebuild: Rebuild) -> int:
    """Give cards (by key and present name) the names of others, with all their history. The action.

    Raises ChangedElsewhere, with nothing changed, when a card has that name no longer.
    """
    with store.transaction() as connection:
        mover = Mover(connection, next_action(connection, now_ms), RENAME, rebuild)
        for key, old, new in moves:
            if connection.execute("SELECT name FROM card WHERE key = ?", (key,)).fetchone() != (old,):
                raise ChangedElsewhere(f"{old} was moved elsewhere meanwhile; nothing was changed.")
            mover.move(key, new)
    return mover.action


def newest_action(store: Store, kind: str) -> int | None:
    """The last action of a kind that has not been taken back."""
    ((action,),) = store.ask("SELECT max(at_ms) FROM mark_log WHERE kind = ? AND undone_at IS NULL", (kind,))
    return None if action is None else int(action)


def undo_discard(store: Store, action: int, now_ms: int) -> int:
    """Bring the cards of an action back; how many."""
    with store.transaction() as connection:
        keys = [row[1] for row in connection.execute(hot.MARKS_OF_ACTION, (action,))]
        if not keys:
            raise ChangedElsewhere("That was taken back already; nothing was undone.")
        connection.executemany("UPDATE card SET discarded_at = NULL WHERE key = ?", [(key,) for key in keys])
        connection.execute(hot.UNDO_MARKS, (now_ms, action))
    return len(keys)


def undo_rename(store: Store, action: int, now_ms: int, rebuild: Rebuild) -> int:
    """Give the cards of an action their old names and histories again; how many."""
    with store.transaction() as connection:
        count = undo_moves(connection, action, now_ms, rebuild)
        if not count:
            raise ChangedElsewhere("That was taken back already; nothing was undone.")
    return count
