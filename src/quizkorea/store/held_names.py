"""The names that unchanged deck files hold: what files just read are checked against."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quizkorea.store.worded import worded_errors


@dataclass(frozen=True, slots=True)
class HeldNames:
    """The names that an unchanged file gives and claims."""

    slug: str | None
    note_ids: frozenset[str]
    claims: tuple[tuple[str, str], ...]
    """(earlier name, present name); notes are written `deck/note`."""


def names_held(connection: sqlite3.Connection, path: Path, paths: Sequence[str]) -> dict[str, HeldNames]:
    """The slug, the note ids and the earlier names that the mirror holds for some files."""
    listed = (json.dumps(list(paths)),)
    of_files = "d.path IN (SELECT value FROM json_each(?))"
    with worded_errors(path):
        decks = connection.execute(f"SELECT d.path, d.slug, d.was FROM deck d WHERE {of_files}", listed).fetchall()
        ids: dict[str, set[str]] = {deck[0]: set() for deck in decks}
        join = "FROM deck d JOIN note n ON n.deck_id = d.id"
        for file, note_id in connection.execute(f"SELECT d.path, n.note_id {join} WHERE {of_files}", listed):
            ids[file].add(note_id)
        claims = {file: [(old, slug) for old in json.loads(was)] for file, slug, was in decks}
        renamed = connection.execute(
            f"SELECT d.path, d.slug, n.note_id, n.content {join} WHERE {of_files} AND instr(n.content, '\"was\":')",
            listed,
        )
        for file, slug, note_id, content in renamed:
            for old in json.loads(content).get("was", ()):
                claims[file].append((old if "/" in old else f"{slug}/{old}", f"{slug}/{note_id}"))
    return {file: HeldNames(slug, frozenset(ids[file]), tuple(claims[file] if slug else ())) for file, slug, _ in decks}
