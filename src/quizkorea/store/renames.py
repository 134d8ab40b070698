"""`was:` at work: a card row takes its new name with all its history, and two histories of one card are merged."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence

from quizkorea.core.schedule import LogRow, Schedule
from quizkorea.store import hot
from quizkorea.store.rows import log_of, state_row

Rebuild = Callable[[list[LogRow], int], Schedule]
"""A card's state from its log rows and its key."""


def apply_renames(connection: sqlite3.Connection, today: Sequence[str], now_ms: int, rebuild: Rebuild) -> None:
    """Move the cards of every `was:` whose old name no file of today, read without error, still holds.

    The claims are taken from the mirror, so one that had to wait takes effect as soon as the old name is gone.
    """
    for old, new in _claims(connection, today):
        if _is_held(connection, old, today):
            continue
        for old_note, new_note in [(old, new)] if "/" in old else _notes_of(connection, old, new):
            _move_note(connection, old_note, new_note, now_ms, rebuild)


_TODAY = "d.problem IS NULL AND d.path IN (SELECT value FROM json_each(?))"


def _claims(connection: sqlite3.Connection, today: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(old name, new name) of today's decks, then of their notes; notes are written `deck/note`."""
    paths = json.dumps(list(today))
    decks = connection.execute(f"SELECT d.slug, d.was FROM deck d WHERE {_TODAY}", (paths,)).fetchall()
    for slug, was in decks:
        for old in json.loads(was):
            yield old, slug
    notes = connection.execute(
        "SELECT d.slug, d.was, n.note_id, n.content FROM deck d JOIN note n ON n.deck_id = d.id "
        f"WHERE {_TODAY} AND instr(n.content, '\"was\":')",
        (paths,),
    ).fetchall()
    for slug, deck_was, note_id, content in notes:
        for old in json.loads(content).get("was", ()):
            # an old name without a deck is of this deck, under its earlier slugs and its present one
            for old_name in [old] if "/" in old else [f"{s}/{old}" for s in (*json.loads(deck_was), slug)]:
                yield old_name, f"{slug}/{note_id}"


def _is_held(connection: sqlite3.Connection, name: str, today: Sequence[str]) -> bool:
    slug, _, note_id = name.partition("/")
    sql = f"SELECT 1 FROM deck d WHERE {_TODAY} AND d.slug = ?"
    if note_id:
        sql += " AND EXISTS (SELECT 1 FROM note n WHERE n.deck_id = d.id AND n.note_id = ?)"
    parameters = (json.dumps(list(today)), slug, *([note_id] if note_id else []))
    return connection.execute(sql, parameters).fetchone() is not None


def _notes_of(connection: sqlite3.Connection, old: str, new: str) -> list[tuple[str, str]]:
    """The notes of which cards are kept under an old slug, each with its name under the new one."""
    rows = connection.execute(
        "SELECT DISTINCT note_name FROM card WHERE note_name >= ? AND note_name < ? AND merged_into IS NULL",
        (f"{old}/", f"{old}0"),  # '0' is the character after '/'
    ).fetchall()
    return [(name, f"{new}/{name.partition('/')[2]}") for (name,) in rows]


def _move_note(connection: sqlite3.Connection, old: str, new: str, now_ms: int, rebuild: Rebuild) -> None:
    rows = connection.execute(
        "SELECT key, part FROM card WHERE note_name = ? AND merged_into IS NULL", (old,)
    ).fetchall()
    for key, part in rows:
        _forget_mirrors(connection, key)
        name = f"{new}#{part}"
        taken = connection.execute("SELECT key FROM card WHERE name = ?", (name,)).fetchone()
        if taken is None:
            connection.execute("UPDATE card SET name = ?, note_name = ? WHERE key = ?", (name, new, key))
        else:
            _merge(connection, key, taken[0], now_ms, rebuild)


def _forget_mirrors(connection: sqlite3.Connection, key: int) -> None:
    """Files elsewhere that give the card under its old name are to be read again when they are next loaded."""
    connection.execute(
        "UPDATE deck SET file_stamp = '' WHERE id IN (SELECT deck_id FROM given_card WHERE card_key = ?)", (key,)
    )
    connection.execute("DELETE FROM given_card WHERE card_key = ?", (key,))


def _merge(connection: sqlite3.Connection, old: int, kept: int, now_ms: int, rebuild: Rebuild) -> None:
    """One card out of two: log rows keep their keys, state is replayed over both histories, marks are united."""
    connection.execute(
        "UPDATE card SET name = name || '~' || key, merged_into = ? WHERE key = ? OR merged_into = ?", (kept, old, old)
    )
    rows = [log_of(row) for row in connection.execute(hot.LOG_OF_CARD, (kept,))]
    if rows:
        connection.execute(hot.WRITE_STATE, state_row(kept, rebuild(rows, kept)))
    ours = connection.execute(hot.MARK, (kept,)).fetchone() or (0, None, 0, None)
    theirs = connection.execute(hot.MARK, (old,)).fetchone()
    if theirs is not None:
        buried = max(filter(None, (ours[1], theirs[1])), default=None)
        notes = "\n".join(dict.fromkeys(filter(None, (ours[3], theirs[3])))) or None
        united = [ours[0] | theirs[0], buried, ours[2] | theirs[2], notes]
        connection.execute(hot.WRITE_MARK, (kept, *united))
        values = (kept, now_ms, "merge", json.dumps(list(ours)), json.dumps(united))
        connection.execute(hot.LOG_MARK, values)
    connection.execute(
        "INSERT OR IGNORE INTO draft SELECT ?, text, saved_ms FROM draft WHERE card_key = ?", (kept, old)
    )
