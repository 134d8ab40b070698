"""One card as it stands now, with its log, marks and draft. Nothing is written here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from quizkorea.core.codec import bibliography_from_plain, note_from_plain
from quizkorea.core.notes import Bibliography
from quizkorea.core.schedule import LogRow
from quizkorea.store import hot
from quizkorea.store.card_values import Mark, StoredCard
from quizkorea.store.marks import mark_of
from quizkorea.store.planning import PlanReader
from quizkorea.store.rows import log_of, schedule_of


class StoreReader(PlanReader):
    """The questions of a session, over a connection that somebody else opened."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        super().__init__(path, connection)
        self._bibliographies: dict[int, tuple[str, Bibliography]] = {}
        """By deck id: the JSON and what it says."""

    def keys_of(self, names: Sequence[str]) -> dict[str, int]:
        """The keys of the cards that have these names, loaded or not; a name that no card has is left out."""
        return {row[0]: row[1] for row in self.ask(hot.KEYS_BY_NAME, (json.dumps(list(names)),))}

    def given_names(self, slug: str) -> list[str]:
        """The names of the cards that a loaded deck gives."""
        return [row[0] for row in self.ask(hot.GIVEN_NAMES, (f"{slug}/", f"{slug}0", self._decks))]

    # --- one card --------------------------------------------------------------------------------------------------

    def card(self, key: int) -> StoredCard | None:
        """A card as it stands now, following a merge; None when no loaded deck gives it any more."""
        rows = [row for row in self.ask(hot.CARD, (key,)) if row[8] in self._deck_ids]
        if not rows:
            return None
        now_key, name, part, note_id, type_name, line, tags, plain, deck_id, title, path, newest = rows[0][:12]
        marks, state = rows[0][12:16], rows[0][16:]
        with self.decoding():
            schedule, revision = schedule_of(None if state[0] is None else state)
            note = note_from_plain(type_name, note_id, line, json.loads(plain))
            mark = Mark() if marks[0] is None else mark_of(marks)
        return StoredCard(
            key=now_key,
            name=name,
            part=part,
            note=note,
            tags=tuple(tags.strip("\n").split("\n")) if tags.strip() else (),
            deck_id=deck_id,
            deck_title=title,
            path=path,
            schedule=schedule,
            revision=revision,
            newest_row=newest or 0,
            mark=mark,
        )

    def bibliography(self, deck_id: int) -> Bibliography:
        """The sources and holders that stand beside a deck."""
        ((text,),) = self.ask(hot.BIBLIOGRAPHY, (deck_id,))
        known = self._bibliographies.get(deck_id)
        if known is None or known[0] != text:  # another program may have read a newer one
            with self.decoding():
                known = self._bibliographies[deck_id] = (text, bibliography_from_plain(json.loads(text)))
        return known[1]

    def is_accepted(self, form: str) -> bool:
        """Whether any card of the loaded decks accepts this normal form."""
        return bool(self.ask(hot.ACCEPTED_ELSEWHERE, (self._decks, f"\n{form}\n")))

    def log(self, key: int) -> list[LogRow]:
        """All log rows of a card, undone ones too, in time order."""
        with self.decoding():
            return [log_of(row) for row in self.ask(hot.LOG_OF_CARD, (key,))]

    def draft(self, key: int) -> str:
        """The unfinished long answer to a card; empty if there is none."""
        rows = self.ask(hot.DRAFT, (key,))
        return str(rows[0][0]) if rows else ""

    def mark(self, key: int) -> Mark:
        """The marks of a card, following a merge."""
        rows = self.ask(hot.MARK_NOW, (key,))
        return mark_of(rows[0]) if rows else Mark()
