"""The floor: the least that the same promise costs with the standard library's sqlite3 and nothing else."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from benchmarks.scale import DECKS, due_of

NOW = 1_800_000_000
_LATER = 9_000_000
_SCHEMA = (
    "CREATE TABLE card (id INTEGER PRIMARY KEY, part INTEGER, deck INTEGER NOT NULL, question TEXT NOT NULL, "
    "answer TEXT NOT NULL, stability REAL, difficulty REAL, due INTEGER NOT NULL, last INTEGER)",
    "CREATE TABLE review (id INTEGER PRIMARY KEY, card INTEGER NOT NULL, rating INTEGER NOT NULL, "
    "at INTEGER NOT NULL, ms INTEGER)",
    "CREATE INDEX card_due ON card (due, deck)",
)


class FloorStore:
    """One table of cards, one of reviews, one index; commits as durable as ours."""

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self.connection = self._connected()
        chance = random.Random(5)
        due = set(chance.sample(range(size), due_of(size)))
        rows = (
            (
                n,
                None,
                n % DECKS,
                f"Who is Q{n:06d}?",
                f"A{n:06d}",
                30.0,
                5.0,
                NOW - n if n in due else NOW + _LATER,
                NOW,
            )
            for n in range(size)
        )
        self.connection.execute("BEGIN")
        for statement in _SCHEMA:
            self.connection.execute(statement)
        self.connection.executemany("INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self.connection.execute("COMMIT")
        self.connection.execute("ANALYZE")
        self._due = sorted(due)

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def reopen(self) -> None:
        """Begin with a new write-ahead log, as every session does: a log that still grows is dearer to sync."""
        self.connection.close()
        self.connection = self._connected()

    def make_due_again(self) -> None:
        """Put the cards that were due at first back to where they stood."""
        self.connection.execute("BEGIN")
        self.connection.executemany("UPDATE card SET due = ? WHERE id = ?", [(NOW - n, n) for n in self._due])
        self.connection.execute("COMMIT")

    def next(self) -> int:
        """The next card that is due, by the index."""
        sql = "SELECT * FROM card WHERE due <= ? ORDER BY due LIMIT 1"
        return int(self.connection.execute(sql, (NOW,)).fetchone()[0])

    def answer(self, card: int, rating: int) -> None:
        """Write an answer: on disk when this returns."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        execute(
            "UPDATE card SET stability = ?, difficulty = ?, due = ?, last = ? WHERE id = ?",
            (31.5, 5.5, NOW + _LATER, NOW, card),
        )
        execute("INSERT INTO review (card, rating, at, ms) VALUES (?, ?, ?, 4000)", (card, rating, NOW))
        execute("COMMIT")

    def counts(self) -> dict[int, int]:
        """Due cards by deck."""
        return dict(
            self.connection.execute("SELECT deck, count(*) FROM card WHERE due <= ? GROUP BY deck", (NOW,)).fetchall()
        )

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()
