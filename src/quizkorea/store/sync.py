"""The content mirror: deck files as read, reconciled with the store in one transaction (DESIGN §3, §8).

Content is mirrored per file path. A file in error keeps its last good content. Cards are found by name and keep their
key for ever; a name that `was:` gives up moves the card row, never a log row.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizkorea.core.card_names import CardName
from quizkorea.core.cards import parts_of
from quizkorea.core.codec import note_to_plain, note_type
from quizkorea.core.faces import accepted_forms
from quizkorea.core.identity import guid_of, ord_of
from quizkorea.core.notes import Bibliography, Deck, Note
from quizkorea.core.text import normal_form
from quizkorea.store.marks import next_action
from quizkorea.store.moves import Mover
from quizkorea.store.renames import apply_renames
from quizkorea.store.rows import Rebuild

if TYPE_CHECKING:
    from quizkorea.store.store import Store


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A deck file as just read: its content, or the first problem with it."""

    path: str
    folder: str
    file_stamp: str
    sources_stamp: str
    read_ns: int
    """Wall-clock time of the read in nanoseconds."""
    deck: Deck | None
    bibliography: str
    """JSON of `core.codec.bibliography_to_plain`."""
    problem: str | None = None


def sync(
    store: Store,
    read: Sequence[tuple[ReadFile, Bibliography]],
    gone: Sequence[str],
    today: Sequence[str],
    now_ms: int,
    rebuild: Rebuild,
) -> None:
    """Bring the mirror up to date with files just read and files that are gone; all or nothing.

    `today` names every file of this process's folders, in their order: a `was:` waits while a deck of theirs still
    holds the old name. `rebuild` computes the state of a card that two histories were merged into; before that the
    store is backed up.
    """
    if not read and not gone:
        return
    with store.transaction() as connection:
        connection.executemany("DELETE FROM deck WHERE path = ?", [(file,) for file in gone])
        good = []
        for file, bibliography in read:
            deck_id = _write_file(connection, file)
            if file.deck is not None:
                _write_notes(connection, deck_id, file.deck, bibliography)
                good.append((deck_id, file.deck))
        mover = Mover(connection, next_action(connection, now_ms), "was", rebuild)
        apply_renames(connection, today, mover, lambda: store.back_up(now_ms, "before-merge"))
        for deck_id, deck in good:
            _write_cards(connection, deck_id, deck, now_ms)


_NEW_FILE = """
INSERT INTO deck (path, folder, slug, title, summary, course_order, language, license, authors, tags, was,
                  bibliography, file_stamp, sources_stamp, read_ns, problem)
VALUES (?, ?, NULL, '', '', NULL, NULL, NULL, '[]', '[]', '[]', '{"sources": [], "holders": []}', '', '', 0, NULL)
ON CONFLICT (path) DO NOTHING
"""


def _write_file(connection: sqlite3.Connection, file: ReadFile) -> int:
    """The deck row of a file: always what was seen, and the content only if the file is without error."""
    connection.execute(_NEW_FILE, (file.path, file.folder))
    connection.execute(
        "UPDATE deck SET file_stamp = ?, sources_stamp = ?, read_ns = ?, problem = ? WHERE path = ?",
        (file.file_stamp, file.sources_stamp, file.read_ns, file.problem, file.path),
    )
    deck = file.deck
    if deck is not None:
        connection.execute(  # under another slug it gives other cards
            "DELETE FROM given_card WHERE deck_id = (SELECT id FROM deck WHERE path = ? AND slug <> ?)",
            (file.path, deck.slug),
        )
        connection.execute(
            "UPDATE deck SET slug = ?, title = ?, summary = ?, course_order = ?, language = ?, license = ?, "
            "authors = ?, tags = ?, was = ?, bibliography = ? WHERE path = ?",
            (
                deck.slug,
                deck.title,
                deck.summary,
                deck.order,
                deck.language,
                deck.license,
                _json(deck.authors),
                _json(deck.tags),
                _json(deck.was),
                file.bibliography,
                file.path,
            ),
        )
    return int(connection.execute("SELECT id FROM deck WHERE path = ?", (file.path,)).fetchone()[0])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_NOTE_COLUMNS = "position, line, type, tags, content, accepted"


def _write_notes(connection: sqlite3.Connection, deck_id: int, deck: Deck, bibliography: Bibliography) -> None:
    """Insert, update and delete only the notes that differ."""
    stored = {
        row[0]: tuple(row[1:])
        for row in connection.execute(f"SELECT note_id, {_NOTE_COLUMNS} FROM note WHERE deck_id = ?", (deck_id,))
    }
    wanted = {note.id: (position, *_note_columns(deck, note, bibliography)) for position, note in enumerate(deck.notes)}
    connection.executemany(
        "DELETE FROM note WHERE deck_id = ? AND note_id = ?",
        [(deck_id, note_id) for note_id in stored if note_id not in wanted],
    )
    connection.executemany(
        f"INSERT INTO note (deck_id, note_id, {_NOTE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (deck_id, note_id) DO UPDATE SET position = excluded.position, line = excluded.line, "
        "type = excluded.type, tags = excluded.tags, content = excluded.content, accepted = excluded.accepted",
        [(deck_id, note_id, *columns) for note_id, columns in wanted.items() if stored.get(note_id) != columns],
    )


def _note_columns(deck: Deck, note: Note, bibliography: Bibliography) -> tuple[int, str, str, str, str]:
    forms = sorted(accepted_forms(note, parts_of(note), bibliography, normal_form))
    tags = _lines(dict.fromkeys((*deck.tags, *note.tags)))
    return note.line, note_type(note), tags, _json(note_to_plain(note)), _lines(forms)


def _lines(texts: Iterable[str]) -> str:
    """Texts so that one of them is found whole: a line break before each and after the last."""
    return "".join(f"\n{text}" for text in texts) + "\n"


def _write_cards(connection: sqlite3.Connection, deck_id: int, deck: Deck, now_ms: int) -> None:
    """Card rows for names that are new, and the list of the cards that the file gives, in course order."""
    names = [CardName(deck.slug, note.id, part) for note in deck.notes for part in parts_of(note)]
    first_names = {note.id: _first_note_name(deck, note) for note in deck.notes if note.was or deck.was}
    connection.executemany(
        "INSERT INTO card (name, note_name, part, guid, ord, created_ms) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET discarded_at = NULL WHERE discarded_at IS NOT NULL",
        [
            (str(name), name.note_name, name.part, guid_of(_first_name(name, first_names)), ord_of(name.part), now_ms)
            for name in names
        ],
    )
    given = connection.execute(
        "SELECT n.id, n.note_id, c.part, c.key FROM note n JOIN card c ON c.note_name = ? || '/' || n.note_id "
        "WHERE n.deck_id = ? AND c.merged_into IS NULL",
        (deck.slug, deck_id),
    )
    keys = {(note_id, part): (row, key) for row, note_id, part, key in given}
    wanted = [(deck_id, at, *keys[(name.note, name.part)]) for at, name in enumerate(names)]
    stored = connection.execute(
        "SELECT deck_id, position, note_row, card_key FROM given_card WHERE deck_id = ? ORDER BY position", (deck_id,)
    ).fetchall()
    if stored != wanted:
        connection.execute("DELETE FROM given_card WHERE deck_id = ?", (deck_id,))
        connection.executemany("INSERT INTO given_card VALUES (?, ?, ?, ?)", wanted)


def _first_note_name(deck: Deck, note: Note) -> tuple[str, str]:
    """The first name that a note ever had: what its guid hashes."""
    first_slug = deck.was[0] if deck.was else deck.slug
    if not note.was:
        return first_slug, note.id
    slug, _, note_id = note.was[0].rpartition("/")
    return slug or first_slug, note_id


def _first_name(name: CardName, first_names: dict[str, tuple[str, str]]) -> CardName:
    slug, note_id = first_names.get(name.note, (name.deck, name.note))
    return CardName(slug, note_id, name.part)
