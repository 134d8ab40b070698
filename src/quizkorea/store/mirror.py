"""What the content mirror holds of the deck files: asked at every start, so nothing heavy is imported here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from quizkorea.store.values import FileRow, LoadedDeck
from quizkorea.store.worded import worded_errors

_FILE_COLUMNS = "path, folder, slug, file_stamp, sources_stamp, read_ns, problem"


def file_rows(connection: sqlite3.Connection, path: Path, folders: Iterable[str]) -> dict[str, FileRow]:
    """What the store remembers of the deck files in some folders, by path."""
    with worded_errors(path):
        rows = connection.execute(
            f"SELECT {_FILE_COLUMNS} FROM deck WHERE folder IN (SELECT value FROM json_each(?))",
            (json.dumps(list(folders)),),
        ).fetchall()
    return {row[0]: FileRow(row[0], row[1], row[2], row[3], row[4], row[5], row[6]) for row in rows}


def loaded_decks(connection: sqlite3.Connection, path: Path, paths: Sequence[str]) -> list[LoadedDeck]:
    """The decks that these files give, in course order. Where two share a slug the earlier path wins."""
    with worded_errors(path):
        rows = connection.execute(
            "SELECT id, slug, title, summary, course_order, path, problem FROM deck "
            "WHERE slug IS NOT NULL AND path IN (SELECT value FROM json_each(?))",
            (json.dumps(list(paths)),),
        ).fetchall()
    place = {file: at for at, file in enumerate(paths)}
    by_slug: dict[str, LoadedDeck] = {}
    for deck in sorted((LoadedDeck(*row) for row in rows), key=lambda deck: place[deck.path]):
        by_slug.setdefault(deck.slug, deck)
    return sorted(by_slug.values(), key=lambda deck: (deck.order is None, deck.order or 0, deck.slug))


def loaded_paths(connection: sqlite3.Connection, paths: Sequence[str]) -> list[str]:
    """Of these files, in their order, those that give decks: where two share a slug the earlier path wins."""
    slugs = dict(
        connection.execute(
            "SELECT path, slug FROM deck WHERE slug IS NOT NULL AND path IN (SELECT value FROM json_each(?))",
            (json.dumps(list(paths)),),
        ).fetchall()
    )
    winners = {slugs[path]: path for path in reversed(paths) if path in slugs}
    return [path for path in paths if path in slugs and winners[slugs[path]] == path]
