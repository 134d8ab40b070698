"""An incremental sync leaves the same content as a fresh load, whatever authors did in between, and loses no answer.

After every edit of two folders of decks a fresh store is loaded from them. The decks without error must be the same in
both, and the same files must be in error; a file in error keeps what it last gave (DESIGN §8). Beside it runs a model
of which name holds which answers, so that a history that goes astray is seen at once.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

from builders import Desk, deck_text, fact, rate
from quizkorea.core.schedule import Rating
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.studying import StudySession
from test_kill import assert_states_follow_from_the_log

EDITS = int(os.environ.get("QUIZKOREA_EDITS", "180"))
"""Edits that each author makes."""
FIRST_SEED = int(os.environ.get("QUIZKOREA_SEED", "1949"))
AUTHORS = int(os.environ.get("QUIZKOREA_AUTHORS", "3"))

# --- what authors write -------------------------------------------------------------------------------------------


@dataclass
class Written:
    """A note as its author has it."""

    id: str
    answer: str
    is_two_way: bool = False
    source: str | None = None
    was: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        lines = [
            f"id: {self.id}",
            "type: fact",
            "kind: person",
            f"question: Who is {self.id}?",
            f"answer: {self.answer}",
        ]
        if self.is_two_way:
            lines += [f"reverse_question: And back from {self.id}?", f"reverse_answer: back {self.id}"]
        if self.source:
            lines += ["cite:", f"- source: {self.source}", "  at: p. 1"]
        return "\n".join([*lines, *([f"was: [{', '.join(self.was)}]"] if self.was else [])])


@dataclass
class File:
    """A deck file as its author has it; it may be broken on disk."""

    path: Path
    slug: str
    notes: list[Written]
    was: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        head = f"was: [{', '.join(self.was)}]\n" if self.was else ""
        return deck_text(self.slug, *[note.text for note in self.notes], head=head)


BREAKS: list[Callable[[str], str]] = [
    lambda text: text + "- id: [unclosed\n",
    lambda text: text.replace("answer: ", "anser: ", 1),
    lambda text: text[: len(text) * 2 // 3],
    lambda text: text.replace("format: 1", "format: 2"),
    lambda text: text + text[text.index("- id: ") :],  # every note twice
    lambda text: text.replace("deck: ", "deck: Not A Slug ", 1),
    lambda text: text[:0],
    lambda text: text + "\x1b\n",
]


class Authors:
    """Edit two folders of decks at random."""

    def __init__(self, folders: list[Path], random: Random) -> None:
        self.folders, self.random = folders, random
        self.files: dict[Path, File] = {}
        self.sources = {folder: {"s1": "One", "s2": "Two"} for folder in folders}
        self.thrown_away: list[File] = []
        self.names: set[str] = set()
        """Every name that a note ever had."""
        self.counter = self.writes = 0
        self.done: list[str] = []
        for folder in folders:
            self.write_sources(folder)
            self.add_deck(folder)
            self.add_deck(folder)

    # --- with the disk

    def put(self, path: Path, text: str) -> None:
        """Write a file; its time of change moves on, and can be trusted."""
        path.write_text(text, encoding="utf-8")
        self.touch(path)

    def touch(self, path: Path) -> None:
        self.writes += 1
        os.utime(path, (1_700_000_000 + self.writes, 1_700_000_000 + self.writes))

    def save(self, *files: File) -> None:
        for file in files:
            self.files[file.path] = file
            self.names |= {f"{file.slug}/{note.id}" for note in file.notes}
            self.put(file.path, file.text)

    def write_sources(self, folder: Path) -> None:
        entries = [
            f"  {key}: {{author: A, title: {title}, year: 1999, kind: book, pages: 1-9}}\n"
            for key, title in self.sources[folder].items()
        ]
        self.put(folder / "sources.yaml", "format: 1\nsources:\n" + "".join(entries))

    # --- with chance

    def new(self, prefix: str) -> str:
        self.counter += 1
        return f"{prefix}{self.counter}"

    def a_folder(self) -> Path:
        return self.random.choice(self.folders)

    def a_file(self) -> File:
        if not self.files:
            self.add_deck()
        return self.random.choice([self.files[path] for path in sorted(self.files)])

    def a_note(self, file: File) -> Written:
        return self.random.choice(file.notes)

    def new_note(self, note_id: str = "") -> Written:
        source = self.random.choice([None, None, "s1", "s2"])
        return Written(note_id or self.new("n"), self.new("answer "), self.random.random() < 0.3, source)

    # --- edits of one deck

    def add_deck(self, folder: Path | None = None) -> None:
        slug = self.new("d")
        notes = [self.new_note() for _ in range(self.random.randint(1, 4))]
        self.save(File((folder or self.a_folder()) / f"{slug}.yaml", slug, notes))

    def add_note(self) -> None:
        file = self.a_file()
        file.notes.insert(self.random.randint(0, len(file.notes)), self.new_note())
        self.save(file)

    def reword(self) -> None:
        file = self.a_file()
        self.a_note(file).answer = self.new("answer ")
        self.save(file)

    def reword_at_the_same_size(self) -> None:
        file = self.a_file()
        note = self.a_note(file)
        note.answer = note.answer[::-1].strip().replace(" ", "x")
        note.answer = note.answer.swapcase()
        self.save(file)

    def turn_round(self) -> None:
        file = self.a_file()
        note = self.a_note(file)
        note.is_two_way = not note.is_two_way
        self.save(file)

    def shuffle(self) -> None:
        file = self.a_file()
        self.random.shuffle(file.notes)
        self.save(file)

    def delete_note(self) -> None:
        file = self.a_file()
        if len(file.notes) > 1:
            file.notes.remove(self.a_note(file))
            self.save(file)

    def put_note_back(self) -> None:
        """Under a name that a note of this deck had once."""
        file = self.a_file()
        known = {note.id for note in file.notes}
        gone = [f"n{number}" for number in range(1, self.counter + 1) if f"n{number}" not in known]
        file.notes.append(self.new_note(self.random.choice(gone or [self.new("n")])))
        self.save(file)

    def touch_only(self) -> None:
        self.touch(self.a_file().path)

    def break_file(self) -> None:
        file = self.a_file()
        self.put(file.path, self.random.choice(BREAKS)(file.text))

    def mend_all(self) -> None:
        """Take away every cause of an error: broken text, one slug or id twice, claims to names that are there."""
        for folder in self.folders:
            self.sources[folder] = {"s1": "One", "s2": self.new("Two ")}
            self.write_sources(folder)
            files = [file for file in self.files.values() if file.path.parent == folder]
            for file in files:
                file.slug = file.slug if [f.slug for f in files].count(file.slug) == 1 else self.new("d")
                file.notes = list({note.id: note for note in file.notes}.values())
            self._untangle(files)
            for file in files:
                if not file.path.exists() or file.path.read_bytes() != file.text.encode():
                    self.save(file)

    @staticmethod
    def _untangle(files: list[File]) -> None:
        """An earlier name is claimed once in a folder, and by nobody while it is there."""
        taken = {file.slug for file in files} | {f"{file.slug}/{note.id}" for file in files for note in file.notes}
        for file in files:
            file.was = [slug for slug in dict.fromkeys(file.was) if slug not in taken]
            taken |= set(file.was)
        for file in files:
            for note in file.notes:
                full = [name if "/" in name else f"{file.slug}/{name}" for name in dict.fromkeys(note.was)]
                note.was = [name for name in full if name not in taken]
                taken |= set(note.was)

    # --- names

    def rename_note(self) -> None:
        file = self.a_file()
        note = self.a_note(file)
        note.was.append(self.random.choice([f"{file.slug}/{note.id}", note.id]))
        note.id = self.new("n")
        self.save(file)

    def rename_note_back(self) -> None:
        """To the name that it had before; that name is no earlier one any more."""
        file = self.a_file()
        for note in file.notes:
            if note.was and (note.was[-1].startswith(f"{file.slug}/") or "/" not in note.was[-1]):
                before = note.was.pop().rpartition("/")[2]
                note.was = [name for name in note.was if name.rpartition("/")[2] != before]
                note.was.append(f"{file.slug}/{note.id}")
                note.id = before
        self.save(file)

    def swap_names(self) -> None:
        """Two notes want each other's name, which cannot be: it is an error until it is taken back."""
        file = self.a_file()
        one, other = self.a_note(file), self.a_note(file)
        if one is not other:
            one.id, other.id = other.id, one.id
            one.was.append(other.id)
            other.was.append(one.id)
            self.save(file)

    def claim_a_name(self) -> None:
        """A note says that it was another one: one that is gone, or one that is there (which is an error, or waits)."""
        file = self.a_file()
        note = self.a_note(file)
        name = self.random.choice(sorted(self.names))
        if name != f"{file.slug}/{note.id}":
            note.was.append(name)
            self.save(file)

    def drop_claims(self) -> None:
        file = self.a_file()
        file.was = []
        for note in file.notes:
            note.was = []
        self.save(file)

    def move_note(self) -> None:
        file, other = self.a_file(), self.a_file()
        if file.path != other.path and len(file.notes) > 1:
            note = self.a_note(file)
            file.notes.remove(note)
            note.was = [name if "/" in name else f"{file.slug}/{name}" for name in note.was]
            note.was.append(f"{file.slug}/{note.id}")
            note.id = self.random.choice([note.id, self.new("n")])
            other.notes.append(note)
            self.save(file, other)

    def rename_deck(self) -> None:
        file = self.a_file()
        file.was.append(file.slug)
        file.slug = self.new("d")
        self.save(file)

    def rename_deck_back(self) -> None:
        file = self.a_file()
        if file.was:
            before = file.was.pop()
            file.was = [*[slug for slug in file.was if slug != before], file.slug]
            file.slug = before
            self.save(file)

    def swap_decks(self) -> None:
        """Two decks take each other's slug at once, which cannot be: nothing moves, both are other decks from now."""
        file, other = self.a_file(), self.a_file()
        if file.slug != other.slug:
            file.slug, other.slug = other.slug, file.slug
            self.save(file, other)

    # --- files

    def rename_file(self) -> None:
        self.move_file(self.a_file(), self.a_folder() / f"{self.new('file')}.yml")

    def move_to_the_other_folder(self) -> None:
        file = self.a_file()
        here, there = self.folders if file.path.parent == self.folders[0] else self.folders[::-1]
        if there / file.path.name not in self.files:
            self.move_file(file, there / file.path.relative_to(here))

    def move_file(self, file: File, path: Path) -> None:
        file.path.rename(path)
        del self.files[file.path]
        file.path = path
        self.files[path] = file

    def copy_file(self) -> None:
        """Into the other folder, where one of the two shadows the other; or beside it, which puts both in error."""
        file = self.a_file()
        folder = self.random.choice([*self.folders, next(f for f in self.folders if f != file.path.parent)])
        notes = [Written(n.id, n.answer, n.is_two_way, n.source, list(n.was)) for n in file.notes]
        self.save(File(folder / f"{self.new('copy')}.yaml", file.slug, notes, list(file.was)))

    def delete_file(self) -> None:
        while len(self.files) > self.random.randint(3, 7):
            file = self.a_file()
            file.path.unlink()
            self.thrown_away.append(self.files.pop(file.path))

    def bring_file_back(self) -> None:
        if self.thrown_away:
            file = self.thrown_away.pop(self.random.randrange(len(self.thrown_away)))
            if file.path not in self.files:
                self.save(file)

    # --- sources

    def edit_sources(self) -> None:
        folder = self.a_folder()
        self.sources[folder]["s1"] = self.new("Title ")
        self.write_sources(folder)

    def take_a_source_out(self) -> None:
        folder = self.a_folder()
        if len(self.sources[folder]) > 1:
            del self.sources[folder][self.random.choice(sorted(self.sources[folder]))]
            self.write_sources(folder)

    def break_sources(self) -> None:
        path = self.a_folder() / "sources.yaml"
        if self.random.random() < 0.3:
            path.unlink(missing_ok=True)
        else:
            self.put(path, self.random.choice(["format: [", "format: 1\nsources: {}\n", ""]))

    def edit(self) -> None:
        """One edit."""
        name = self.random.choice(EDIT_NAMES)
        self.done.append(name)
        getattr(self, name)()


EDIT_NAMES = [
    "add_deck", "reword", "reword_at_the_same_size", "turn_round", "shuffle", "delete_note", "put_note_back",
    "touch_only", "break_file", "rename_note_back", "swap_names", "drop_claims", "rename_deck_back", "swap_decks",
    "rename_file", "move_to_the_other_folder", "copy_file", "bring_file_back", "edit_sources", "take_a_source_out",
    "break_sources", *["claim_a_name", "delete_file"] * 2, *["mend_all"] * 4,
    *["rename_note", "move_note", "rename_deck", "add_note"] * 2,
]  # fmt: skip


class TidyAuthors(Authors):
    """They never use a name again; a renamed note lists all names it had, under each slug of its deck."""

    def __init__(self, folders: list[Path], random: Random) -> None:
        self.had: dict[str, list[str]] = defaultdict(list)
        """By its answer, which never changes: the names that a note had."""
        super().__init__(folders, random)

    def new_note(self, note_id: str = "") -> Written:
        return Written(note_id or self.new("n"), self.new("answer "))

    def save(self, *files: File) -> None:
        for file in files:
            for note in file.notes:
                names = [f"{slug}/{note.id}" for slug in (*file.was, file.slug)]
                self.had[note.answer] = [*dict.fromkeys([*self.had[note.answer], *names])]
                if note.was:
                    note.was = self.had[note.answer][:-1]
        super().save(*files)

    def rename_note(self) -> None:
        file = self.a_file()
        note = self.a_note(file)
        note.was, note.id = [f"{file.slug}/{note.id}"], self.new("n")
        self.save(file)

    def move_note(self) -> None:
        file, other = self.a_file(), self.a_file()
        if file.path != other.path and len(file.notes) > 1:
            note = self.a_note(file)
            file.notes.remove(note)
            note.was = [f"{file.slug}/{note.id}"]
            note.id = self.new("n") if f"{other.slug}/{note.id}" in self.names else note.id
            other.notes.append(note)
            self.save(file, other)

    def edit(self) -> None:
        """An edit that is never in error."""
        likely = ["rename_note", "move_note", "rename_deck"] * 3
        getattr(self, self.random.choice([*likely, "rename_file", "move_to_the_other_folder", "shuffle", "add_note"]))()


# --- what stands in the stores ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mirrored:
    """What a store has of a deck file, as values: no keys, no stamps."""

    problem: str | None
    deck: tuple[Any, ...]
    notes: list[tuple[Any, ...]]
    cards: list[tuple[Any, ...]]


HELD = -1
"""Stands in the model for the row of an answer that is still to come."""
NEVER_READ = (None, "", "", None, None, None, "[]", "[]", "[]", '{"sources": [], "holders": []}')


def mirror_of(trainer: Trainer) -> dict[str, Mirrored]:
    """The content tables, by the path of the file."""
    fetch = trainer.store.connection.execute
    columns = "slug, title, summary, course_order, language, license, authors, tags, was, bibliography"
    found = {
        path: Mirrored(problem, tuple(deck), [], [])
        for path, problem, *deck in fetch(f"SELECT path, problem, {columns} FROM deck")
    }
    notes = "n.note_id, n.position, n.line, n.type, n.tags, n.content, n.accepted"
    for path, *note in fetch(f"SELECT d.path, {notes} FROM note n JOIN deck d ON d.id = n.deck_id ORDER BY n.position"):
        found[path].notes.append(tuple(note))
    cards = "g.position, n.note_id, c.part, c.name, c.note_name, c.ord, c.merged_into, c.discarded_at"
    joined = "given_card g JOIN deck d ON d.id = g.deck_id JOIN note n ON n.id = g.note_row JOIN card c"
    for path, *card in fetch(f"SELECT d.path, {cards} FROM {joined} ON c.key = g.card_key ORDER BY g.position"):
        found[path].cards.append(tuple(card))
    return found


class Learner:
    """Studies between the edits, and checks after each sync that nothing went astray."""

    def __init__(self, desk: Desk, folders: list[Path], random: Random) -> None:
        self.desk, self.folders, self.random = desk, folders, random
        self.last_good: dict[str, Mirrored] = {}
        self.cards: dict[int, tuple[Any, ...]] = {}
        """Key -> what never changes of a card."""
        self.rows: dict[tuple[str, str], set[int]] = defaultdict(set)
        """(note name, part) -> the log rows that belong to it, by the model."""
        self.live = 0
        self.held: StudySession | None = None

    def study(self, trainer: Trainer) -> None:
        """Answer some cards, and take some answers back."""
        session = trainer.study()
        for _ in range(self.random.randint(0, 3)):
            shown = session.next()
            if shown is None:
                return
            rate(session, self.random.choice(list(Rating)))
            row = session._queue.actions[-1].row
            self.rows[_parted(shown.name)].add(row)
            self.live += 1
            if self.random.random() < 0.2:
                session.undo()
                self.live -= 1

    def hold(self) -> None:
        """Another program puts a card on screen, and leaves it there while its deck is edited and synced."""
        held = self.desk.trainer(*self.folders)
        self.held = held.study()
        shown = self.held.next()
        if shown is None:
            self.held = None
        else:
            self.rows[_parted(shown.name)].add(HELD)

    def release(self) -> None:
        """The card that was held is answered, under whatever name it has now."""
        if self.held is not None:
            rate(self.held, Rating.GOOD)
            (name,) = [name for name, rows in self.rows.items() if HELD in rows]
            self.rows[name] ^= {HELD, self.held._queue.actions[-1].row}
            self.live += 1
            self.held = None

    def check(self, trainer: Trainer, fresh: Trainer) -> None:
        """Compare the store with a fresh one and with the model."""
        mine, theirs = mirror_of(trainer), mirror_of(fresh)
        assert _problems(mine) == _problems(theirs)
        for path, file in theirs.items():
            if file.problem is None:
                assert mine[path] == file, path
            else:
                self._check_last_good(path, mine[path])
        kept = {path: file for path, file in self.last_good.items() if path in mine}
        self.last_good = kept | {path: file for path, file in mine.items() if file.problem is None}
        if all(file.problem is None for file in theirs.values()):
            assert [(d.slug, d.path) for d in trainer._decks] == [(d.slug, d.path) for d in fresh._decks]
        self._follow_renames(self._loaded(mine))
        self.release()
        self._check_log(trainer)

    def _check_last_good(self, path: str, file: Mirrored) -> None:
        """A file in error has what it had when it was last read without one; cards may have moved away by `was`."""
        before = self.last_good.get(path)
        if before is None:
            assert (file.deck, file.notes, file.cards) == (NEVER_READ, [], [])
        else:
            assert (file.deck, file.notes) == (before.deck, before.notes)
            assert set(file.cards) <= set(before.cards)

    def _check_log(self, trainer: Trainer) -> None:
        fetch = trainer.store.connection.execute
        assert fetch("PRAGMA foreign_key_check").fetchall() == []
        assert fetch("SELECT count(*) FROM review_log WHERE undone_at IS NULL").fetchone() == (self.live,)
        cards = {key: tuple(fixed) for key, *fixed in fetch("SELECT key, guid, ord, part, created_ms FROM card")}
        assert self.cards.items() <= cards.items()  # no key is lost, none is given to another card
        self.cards = cards
        survivors = "SELECT r.id, k.note_name, k.part FROM review_log r JOIN card c ON c.key = r.card_key "
        kept: dict[tuple[str, str], set[int]] = defaultdict(set)
        for row, note, part in fetch(survivors + "JOIN card k ON k.key = COALESCE(c.merged_into, c.key)"):
            kept[note, part].add(row)
        assert kept == {name: rows for name, rows in self.rows.items() if rows}
        assert_states_follow_from_the_log(trainer)

    # --- the model of `was:`

    def _loaded(self, mine: dict[str, Mirrored]) -> list[Mirrored]:
        """The files that give decks, in folder order: where two share a slug the first one wins."""
        first: dict[str, Mirrored] = {}
        for folder in self.folders:
            for path in sorted(path for path in mine if Path(path).parent == folder):
                if mine[path].deck[0] is not None:
                    first.setdefault(mine[path].deck[0], mine[path])
        return list(first.values())

    def _follow_renames(self, loaded: list[Mirrored]) -> None:
        """Move histories as DESIGN §3 says: by each claim of a name that no loaded deck holds.

        A file in error holds what is studied of it: its last good content; what it claims waits. One move may lead
        to the next, for a learner who skipped a version. (No circle: who claims a name is there.)
        """
        held = {file.deck[0] for file in loaded}
        held |= {f"{file.deck[0]}/{note[0]}" for file in loaded for note in file.notes}
        good = [file for file in loaded if file.problem is None]
        claims = [(old, new) for old, new in _claims(good) if old not in held]
        for _ in claims:
            for note, part in list(self.rows):
                found = [new + note[len(old) :] for old, new in claims if note == old or note.startswith(f"{old}/")]
                if found:
                    self.rows[found[0], part] |= self.rows.pop((note, part))


def _problems(mirror: dict[str, Mirrored]) -> dict[str, list[str]]:
    """What is said of each file, in whatever order it names the others."""
    return {path: sorted((file.problem or "").replace(",", " ").split()) for path, file in mirror.items()}


def _parted(name: str) -> tuple[str, str]:
    note, _, part = name.partition("#")
    return note, part


def _claims(good: list[Mirrored]) -> Iterator[tuple[str, str]]:
    """(old name, new name): of notes, which say more, then of decks."""
    for file in good:
        slug, was = file.deck[0], json.loads(file.deck[8])
        for note in file.notes:
            for old in json.loads(note[5]).get("was", ()):
                for old_name in [old] if "/" in old else [f"{earlier}/{old}" for earlier in (*was, slug)]:
                    yield old_name, f"{slug}/{note[0]}"
    for file in good:
        yield from ((old, file.deck[0]) for old in json.loads(file.deck[8]))


# --- the property -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + AUTHORS))
def test_an_incremental_sync_equals_a_fresh_load(make_desk: Callable[..., Desk], tmp_path: Path, seed: int) -> None:
    desk, random = make_desk(), Random(seed)
    folders = [desk.decks, desk.root / "second"]
    folders[1].mkdir()
    authors, learner = Authors(folders, random), Learner(desk, folders, random)
    is_in_step = False
    for step in range(EDITS):
        if is_in_step and random.random() < 0.2:
            learner.hold()
        authors.edit()
        print(f"edit {step} of seed {seed}: {authors.done[-1]}")
        is_in_step = random.random() > 0.15  # else the learner gets this edit together with the next one
        if is_in_step:
            fresh = Desk(tmp_path / f"fresh{step}")
            with desk.trainer(*folders) as trainer, fresh.trainer(*folders) as other:
                learner.check(trainer, other)
                learner.study(trainer)
        desk.hand.forward(hours=7)
    assert learner.live > EDITS // 2


def reviews_by_answer(trainer: Trainer) -> dict[str, int]:
    """Live reviews of each note that is given, by its answer."""
    sql = (
        "SELECT n.content, (SELECT count(*) FROM review_log r JOIN card c ON c.key = r.card_key "
        "WHERE COALESCE(c.merged_into, c.key) = g.card_key) FROM given_card g JOIN note n ON n.id = g.note_row"
    )
    return {json.loads(content)["answer"]: count for content, count in trainer.store.connection.execute(sql)}


def given_guids(trainer: Trainer) -> set[tuple[str, str, int]]:
    """What an Anki package would know the cards by, with their names."""
    sql = "SELECT c.name, c.guid, c.ord FROM given_card g JOIN card c ON c.key = g.card_key"
    return {(name, guid, ord_) for name, guid, ord_ in trainer.store.connection.execute(sql)}


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + AUTHORS))
def test_a_learner_who_skips_versions_of_the_decks_keeps_every_answer(
    make_desk: Callable[..., Desk], tmp_path: Path, seed: int
) -> None:
    desk, random = make_desk(), Random(seed)
    folders = [desk.decks, desk.root / "second"]
    folders[1].mkdir()
    authors, answered = TidyAuthors(folders, random), Counter[str]()
    for version in range(12):
        fresh = Desk(tmp_path / f"fresh{version}")
        with desk.trainer(*folders) as trainer, fresh.trainer(*folders) as other:
            assert given_guids(trainer) == given_guids(other)
            assert trainer.report.problems == ()
            found = reviews_by_answer(trainer)
            assert found == {answer: answered[answer] for answer in found}
            session = trainer.study()
            while (shown := session.next()) is not None:
                answered[getattr(shown.face.note, "answer", "")] += 1
                rate(session, Rating.EASY)
        desk.hand.forward(days=5)
        for _ in range(random.randint(1, 6)):
            authors.edit()
    assert sum(answered.values()) > 12


def test_an_edit_of_another_folder_brings_no_deck_into_error(desk: Desk) -> None:
    second = desk.root / "second"
    second.mkdir()
    desk.write("d", fact("a"), fact("b"))
    desk.write("e", fact("m"))
    with desk.trainer(desk.decks, second):
        desk.write_text("d.yaml", "notes: [\n")
    with desk.trainer(desk.decks, second) as trainer:
        assert len(trainer.report.problems) == 1
        desk.write("e", fact("m") + "\nwas: [d/a]")
    with desk.trainer(desk.decks, second) as trainer:
        trainer.sync()
        before = trainer.report.problems
        (second / "f.yaml").write_text(deck_text("f", fact("z")))
    with desk.trainer(desk.decks, second) as trainer:
        assert trainer.report.problems == before


def test_an_edit_of_another_folder_is_read_though_a_deck_was_emptied(desk: Desk) -> None:
    second = desk.root / "second"
    second.mkdir()
    desk.write("d", fact("b") + "\nwas: [x/a]")
    desk.write("e", fact("m"))
    with desk.trainer(desk.decks, second):
        desk.write_text("d.yaml", "")
    with desk.trainer(desk.decks, second):
        desk.write("e", fact("m") + "\nwas: [x/a]")
    with desk.trainer(desk.decks, second):
        (second / "f.yaml").write_text(deck_text("f", fact("z")))
    with desk.trainer(desk.decks, second) as trainer:
        assert {deck.slug for deck in trainer.overview().decks} == {"d", "e", "f"}
