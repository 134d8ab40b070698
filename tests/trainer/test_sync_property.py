"""An incremental sync leaves the same content as a fresh load, whatever an author did in between."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from builders import Desk, deck_text, fact, rate, two_way
from quizkorea.core.schedule import Rating
from quizkorea.trainer.facade import Trainer

EDITS = 120


def content(trainer: Trainer) -> list[object]:
    """The content tables as values: no keys, no stamps, no orphans."""
    fetch = trainer.store.connection.execute
    columns = "path, slug, title, summary, course_order, language, license, authors, tags, was, bibliography"
    decks = fetch(f"SELECT {columns}, problem IS NULL FROM deck ORDER BY path").fetchall()
    notes = fetch(
        "SELECT d.path, n.note_id, n.position, n.line, n.type, n.tags, n.content, n.accepted "
        "FROM note n JOIN deck d ON d.id = n.deck_id ORDER BY d.path, n.position"
    ).fetchall()
    given = fetch(
        "SELECT d.path, g.position, n.note_id, c.name, c.guid, c.ord FROM given_card g JOIN deck d ON d.id = g.deck_id "
        "JOIN note n ON n.id = g.note_row JOIN card c ON c.key = g.card_key ORDER BY d.path, g.position"
    ).fetchall()
    return [decks, notes, given]


class Author:
    """Edits a folder of decks at random, and remembers each file's last good text."""

    def __init__(self, desk: Desk, random: Random) -> None:
        self.desk, self.random = desk, random
        self.decks: dict[str, dict[str, str]] = {}
        self.files: dict[str, str] = {}
        self.was: dict[str, list[str]] = {}
        self.counter = 0

    def new_name(self, prefix: str) -> str:
        self.counter += 1
        return f"{prefix}{self.counter}"

    def write(self, slug: str) -> None:
        self.desk.write(slug, *self.decks[slug].values(), name=self.files[slug])

    def pick(self) -> str | None:
        return self.random.choice(sorted(self.decks)) if self.decks else None

    def add_deck(self) -> None:
        slug = self.new_name("d")
        self.decks[slug] = {}
        self.files[slug] = f"{slug}.yaml"
        for _ in range(self.random.randint(1, 4)):
            self.add_note(slug)
        self.write(slug)

    def add_note(self, slug: str) -> None:
        note = self.new_name("n")
        self.decks[slug][note] = self.random.choice((fact, two_way))(note)

    def put(self, slug: str, note: str, text: str) -> None:
        """Write a note with all the names it ever had, oldest first, as the format wants."""
        was = f"\nwas: [{', '.join(self.was[note])}]" if note in self.was else ""
        self.decks[slug][note] = text + was

    def edit(self) -> None:
        if slug := self.pick():
            self.add_note(slug)
            self.write(slug)

    def reword(self) -> None:
        if (slug := self.pick()) and self.decks[slug]:
            note = self.random.choice(sorted(self.decks[slug]))
            self.put(slug, note, fact(note, answer=self.new_name("answer ")))
            self.write(slug)

    def shuffle(self) -> None:
        if slug := self.pick():
            notes = list(self.decks[slug].items())
            self.random.shuffle(notes)
            self.decks[slug] = dict(notes)
            self.write(slug)

    def remove_note(self) -> None:
        if (slug := self.pick()) and len(self.decks[slug]) > 1:
            del self.decks[slug][self.random.choice(sorted(self.decks[slug]))]
            self.write(slug)

    def rename_file(self) -> None:
        if slug := self.pick():
            old = self.desk.decks / self.files[slug]
            self.files[slug] = f"{self.new_name('file')}.yml"
            if old.exists():
                old.rename(self.desk.decks / self.files[slug])
            self.write(slug)

    def rename_note(self) -> None:
        if (slug := self.pick()) and self.decks[slug]:
            note = self.random.choice(sorted(self.decks[slug]))
            new = self.new_name("n")
            del self.decks[slug][note]
            self.was[new] = [*self.was.get(note, []), f"{slug}/{note}"]
            self.put(slug, new, fact(new))
            self.write(slug)

    def move_note(self) -> None:
        slug, other = self.pick(), self.pick()
        if slug and other and slug != other and len(self.decks[slug]) > 1:
            note = self.random.choice(sorted(self.decks[slug]))
            del self.decks[slug][note]
            new = self.new_name("n")
            self.was[new] = [*self.was.get(note, []), f"{slug}/{note}"]
            self.put(other, new, two_way(new))
            self.write(slug)
            self.write(other)

    def break_and_mend(self) -> None:
        if slug := self.pick():
            self.desk.write_text(self.files[slug], deck_text(slug, "id: [broken"))
            self.desk.trainer().close()
            self.write(slug)

    def remove_deck(self) -> None:
        if len(self.decks) > 2 and (slug := self.pick()):
            del self.decks[slug]
            (self.desk.decks / self.files.pop(slug)).unlink(missing_ok=True)


@pytest.mark.parametrize("seed", [1949, 1950, 1951])
def test_an_incremental_sync_equals_a_fresh_load(make_desk: Callable[..., Desk], tmp_path: Path, seed: int) -> None:
    desk, random = make_desk(), Random(seed)
    author = Author(desk, random)
    author.add_deck()
    author.add_deck()
    edits = [
        author.add_deck, author.edit, author.reword, author.shuffle, author.remove_note, author.rename_file,
        author.rename_note, author.move_note, author.break_and_mend, author.remove_deck,
    ]  # fmt: skip
    reviews = 0
    for step in range(EDITS):
        random.choice(edits)()
        with desk.trainer() as trainer:
            session = trainer.study()
            if session.next() is not None:
                rate(session, Rating.EASY)
                reviews += 1
            if step % 10 == 9:
                fresh = Desk(tmp_path / f"fresh{step}")
                with fresh.trainer(desk.decks) as other:
                    assert content(trainer) == content(other)
        desk.hand.forward(hours=7)
    with desk.trainer() as trainer:
        (kept,) = trainer.store.connection.execute("SELECT count(*) FROM review_log").fetchone()
        assert kept == reviews > EDITS // 2
        assert trainer.store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
