"""A card takes another name with all its history; where a card has that name already, the two become one."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from quizkorea.core.card_names import parse_card_name
from quizkorea.core.errors import ChangedElsewhere
from quizkorea.store import hot
from quizkorea.store.rows import Rebuild, log_of, state_row

_NO_MARKS = (0, None, 0, None)


@dataclass(frozen=True, slots=True)
class Mover:
    """Moves cards within one transaction, as one action of the mark log."""

    connection: sqlite3.Connection
    action: int
    """The action's time in `mark_log`, milliseconds UTC."""
    kind: str
    """`was` (a deck said so) or `rename` (the learner did)."""
    rebuild: Rebuild

    def would_merge(self, key: int, name: str) -> bool:
        """Whether taking the name makes one card out of two that both have a history."""
        taken = self._holder(name)
        return taken is not None and _has_log(self.connection, key) and _has_log(self.connection, taken)

    def move(self, key: int, name: str) -> None:
        """Give a card another name (`deck/note#part`), with all that is kept of it."""
        (old_name,) = self.connection.execute("SELECT name FROM card WHERE key = ?", (key,)).fetchone()
        self._forget_mirrors(key)
        taken = self._holder(name)
        before: dict[str, Any] = {"name": old_name}
        after: dict[str, Any] = {"name": name}
        if taken is None:
            _rename(self.connection, key, name)
        else:
            members = self.connection.execute("SELECT key FROM card WHERE merged_into = ?", (key,)).fetchall()
            before |= {"members": [member for (member,) in members], "marks": _marks(self.connection, taken)}
            has_draft = bool(self.connection.execute(hot.MOVE_DRAFT, (taken, key)).rowcount)
            after |= {"into": taken, "draft": has_draft, "marks": self._merge(key, taken)}
        self._log(key, before, after)

    def _holder(self, name: str) -> int | None:
        row = self.connection.execute("SELECT key FROM card WHERE name = ?", (name,)).fetchone()
        return None if row is None else int(row[0])

    def _forget_mirrors(self, key: int) -> None:
        """Files elsewhere that give the card under its old name are to be read again when they are next loaded."""
        self.connection.execute(hot.READ_AGAIN, (key,))
        self.connection.execute("DELETE FROM given_card WHERE card_key = ?", (key,))

    def _merge(self, old: int, kept: int) -> list[Any]:
        """One card out of two: log rows keep their keys, state is replayed over both, marks are united."""
        self.connection.execute(
            "UPDATE card SET name = name || '~' || key, merged_into = ? WHERE key = ? OR merged_into = ?",
            (kept, old, old),
        )
        _replay(self.connection, kept, self.rebuild)
        ours = _marks(self.connection, kept)
        united = _united(ours, _marks(self.connection, old))
        if united != ours:
            self.connection.execute(hot.WRITE_MARK, (kept, *united))
        return united

    def _log(self, key: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        values = (key, self.action, self.kind, json.dumps(before), json.dumps(after))
        self.connection.execute(hot.LOG_MARK, values)


def undo_moves(connection: sqlite3.Connection, action: int, now_ms: int, rebuild: Rebuild) -> int:
    """Take an action of moves back; how many cards. Reviews given since stay with the card that they were given to.

    Raises ChangedElsewhere, for the caller to roll back, when a card was moved again since.
    """
    rows = connection.execute(hot.MARKS_OF_ACTION, (action,)).fetchall()
    for _, key, before, after in rows:
        _undo_move(connection, key, json.loads(before), json.loads(after), rebuild)
    connection.execute(hot.UNDO_MARKS, (now_ms, action))
    return len(rows)


def _undo_move(
    connection: sqlite3.Connection, key: int, before: dict[str, Any], after: dict[str, Any], rebuild: Rebuild
) -> None:
    kept = after.get("into")
    name, merged_into = connection.execute("SELECT name, merged_into FROM card WHERE key = ?", (key,)).fetchone()
    is_as_left = merged_into == kept and (kept is not None or name == after["name"])
    is_free = connection.execute("SELECT 1 FROM card WHERE name = ?", (before["name"],)).fetchone() is None
    if not is_as_left or not is_free:
        raise ChangedElsewhere(f"{before['name']} was changed again since; nothing was undone.")
    _rename(connection, key, before["name"])
    if kept is None:
        return
    connection.execute("UPDATE card SET merged_into = NULL WHERE key = ?", (key,))
    connection.executemany("UPDATE card SET merged_into = ? WHERE key = ?", [(key, m) for m in before["members"]])
    if after["draft"]:
        connection.execute(hot.MOVE_DRAFT, (key, kept))
    for one in (key, kept):
        _replay(connection, one, rebuild)
    if _marks(connection, kept) == after["marks"]:
        connection.execute(hot.WRITE_MARK, (kept, *before["marks"]))


def _rename(connection: sqlite3.Connection, key: int, name: str) -> None:
    note_name = parse_card_name(name).note_name
    connection.execute("UPDATE card SET name = ?, note_name = ? WHERE key = ?", (name, note_name, key))


def _has_log(connection: sqlite3.Connection, key: int) -> bool:
    return connection.execute(hot.NEWEST_LIVE_ROW, (key,)).fetchone()[0] is not None


def _replay(connection: sqlite3.Connection, key: int, rebuild: Rebuild) -> None:
    rows = [log_of(row) for row in connection.execute(hot.LOG_OF_CARD, (key,))]
    if rows or connection.execute(hot.STATE, (key,)).fetchone():
        connection.execute(hot.WRITE_STATE, state_row(key, rebuild(rows, key)))


def _marks(connection: sqlite3.Connection, key: int) -> list[Any]:
    return list(connection.execute(hot.MARK, (key,)).fetchone() or _NO_MARKS)


def _united(ours: list[Any], theirs: list[Any]) -> list[Any]:
    buried = max(filter(None, (ours[1], theirs[1])), default=None)
    notes = "\n".join(dict.fromkeys(filter(None, (ours[3], theirs[3])))) or None
    return [ours[0] | theirs[0], buried, ours[2] | theirs[2], notes]
