"""`was:` at work: a card row takes its new name with all its history, and two histories of one card are merged."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence

from quizkorea.store.mirror import loaded_paths
from quizkorea.store.moves import Mover


def apply_renames(
    connection: sqlite3.Connection, today: Sequence[str], mover: Mover, back_up: Callable[[], object]
) -> None:
    """Move the cards of every `was:` whose old name no loaded deck still holds.

    A file in error holds the names of its last good content, for that is what is studied; a shadowed file holds none.
    The claims are taken from the mirror, so one that had to wait takes effect as soon as the old name is gone. A
    learner may have skipped versions of the decks, so a move may lead to the next one: they go on until none is left.
    `back_up` is called before the first merge of two histories.
    """
    loaded = loaded_paths(connection, today)
    claims = [(old, new) for old, new in _claims(connection, loaded) if not _is_held(connection, old, loaded)]
    has_backup = False
    for _ in range(len(claims)):
        moves = list(_moves(connection, claims))
        for key, name in moves:
            if not has_backup and mover.would_merge(key, name):
                back_up()
                has_backup = True
            mover.move(key, name)
        if not moves:
            break


def _moves(connection: sqlite3.Connection, claims: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """(card key, new name) for the cards that still have a claimed name; what a note says goes before its deck."""
    seen: set[int] = set()
    for old, new in sorted(claims, key=lambda claim: "/" not in claim[0]):
        for old_note, new_note in [(old, new)] if "/" in old else _notes_of(connection, old, new):
            for key, part in _cards_of(connection, old_note):
                if key not in seen:
                    seen.add(key)
                    yield key, f"{new_note}#{part}"


def _claims(connection: sqlite3.Connection, loaded: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(old name, new name) of the loaded decks and of their notes, in folder order; notes are written `deck/note`."""
    for path in loaded:
        deck = connection.execute("SELECT slug, was FROM deck WHERE path = ? AND problem IS NULL", (path,)).fetchone()
        if deck is None:
            continue
        slug, deck_was = deck[0], json.loads(deck[1])
        for old in deck_was:
            yield old, slug
        notes = connection.execute(
            "SELECT n.note_id, n.content FROM deck d JOIN note n ON n.deck_id = d.id "
            "WHERE d.path = ? AND instr(n.content, '\"was\":')",
            (path,),
        ).fetchall()
        for note_id, content in notes:
            for old in json.loads(content).get("was", ()):
                # an old name without a deck is of this deck, under its earlier slugs and its present one
                for old_name in [old] if "/" in old else [f"{s}/{old}" for s in (*deck_was, slug)]:
                    yield old_name, f"{slug}/{note_id}"


def _is_held(connection: sqlite3.Connection, name: str, loaded: Sequence[str]) -> bool:
    slug, _, note_id = name.partition("/")
    sql = "SELECT 1 FROM deck d WHERE d.path IN (SELECT value FROM json_each(?)) AND d.slug = ?"
    if note_id:
        sql += " AND EXISTS (SELECT 1 FROM note n WHERE n.deck_id = d.id AND n.note_id = ?)"
    parameters = (json.dumps(list(loaded)), slug, *([note_id] if note_id else []))
    return connection.execute(sql, parameters).fetchone() is not None


def _notes_of(connection: sqlite3.Connection, old: str, new: str) -> list[tuple[str, str]]:
    """The notes of which cards are kept under an old slug, each with its name under the new one."""
    rows = connection.execute(
        "SELECT DISTINCT note_name FROM card WHERE note_name >= ? AND note_name < ? AND merged_into IS NULL",
        (f"{old}/", f"{old}0"),  # '0' is the character after '/'
    ).fetchall()
    return [(name, f"{new}/{name.partition('/')[2]}") for (name,) in rows]


def _cards_of(connection: sqlite3.Connection, note_name: str) -> list[tuple[int, str]]:
    rows = connection.execute(
        "SELECT key, part FROM card WHERE note_name = ? AND merged_into IS NULL", (note_name,)
    ).fetchall()
    return [(key, part) for key, part in rows]
