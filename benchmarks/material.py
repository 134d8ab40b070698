"""What is studied: made-up notes, as deck files for us and as a package for Anki."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LONG_AGO = 1_700_000_000
"""Time stamp of the deck files: old enough to be trusted."""
_SOURCES = 20
_SUBJECTS = ("the talks in Moscow", "the crossing of the Yalu", "the vote in New York", "the treaty of February")


@dataclass(frozen=True, slots=True)
class MadeNote:
    """One note, one card. The words `Q000012` and `A000012` can be looked for on a screen."""

    id: str
    question: str
    answer: str
    alias: str
    explanation: str
    tags: tuple[str, str]
    source: str
    page: int

    @property
    def yaml(self) -> str:
        """The note as an author writes it."""
        return (
            f"- id: {self.id}\n  type: fact\n  kind: person\n  question: {self.question}\n  answer: {self.answer}\n"
            f"  aliases: [{self.alias}]\n  explanation: >-\n    {self.explanation}\n  tags: [{', '.join(self.tags)}]\n"
            f"  cite:\n  - source: {self.source}\n    at: p. {self.page}\n"
        )

    @property
    def fields(self) -> list[str]:
        """The note as fields of an Anki note."""
        return [self.id, self.question, self.answer, self.explanation, f"{self.source}, p. {self.page}"]


def notes(count: int) -> Iterator[MadeNote]:
    """So many notes, always the same ones."""
    for number in range(count):
        subject = _SUBJECTS[number % len(_SUBJECTS)]
        yield MadeNote(
            id=f"note-{number:06d}",
            question=f"Q{number:06d} asks who stood behind {subject} and what he wanted there?",
            answer=f"A{number:06d} the envoy",
            alias=f"envoy {number:06d}",
            explanation=(
                f"He came by train in the {number % 28 + 1}th week and left without a word to the press. Much of what "
                f"follows in this part of the course turns on what he had been promised about {subject}."
            ),
            tags=(f"lesson-{number % 40}", "person"),
            source=f"book-{number % _SOURCES}",
            page=number % 300 + 1,
        )


def deck_slug(number: int) -> str:
    """The slug of a made deck."""
    return f"made-{number:02d}"


def write_decks(folder: Path, made: Sequence[MadeNote], decks: int) -> list[Path]:
    """Write the notes as so many deck files of equal length, with a bibliography beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "sources.yaml", _sources())
    share = -(-len(made) // decks)
    paths = []
    for number in range(decks):
        slug = deck_slug(number)
        head = f"format: 1\ndeck: {slug}\ntitle: Made deck {number}\nsummary: A deck for measuring.\n"
        body = "".join(note.yaml for note in made[number * share : (number + 1) * share])
        if body:
            paths.append(folder / f"{slug}.yaml")
            _write(paths[-1], f"{head}notes:\n{body}")
    return paths


def _sources() -> str:
    entries = "".join(
        f"  book-{number}:\n    author: Author Number {number}\n    title: The Origins of a War, Part {number}\n"
        f"    year: {1950 + number}\n    kind: book\n    publisher: A Press, in a Town\n    pages: 1-400\n"
        "    note: >-\n      The printed pages are those of the second edition, which adds a chapter to the first.\n"
        for number in range(_SOURCES)
    )
    return f"format: 1\nsources:\n{entries}"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (LONG_AGO, LONG_AGO))


def write_package(path: Path, made: Sequence[MadeNote]) -> None:
    """Write the notes as an Anki package, with plain genanki."""
    import genanki

    names = ("id", "question", "answer", "explanation", "source")
    back = "{{FrontSide}}<hr>{{answer}}<br>{{explanation}}<br>{{source}}"
    model = genanki.Model(
        1_607_392_319,
        "made",
        fields=[{"name": name} for name in names],
        templates=[{"name": "Card 1", "qfmt": "{{question}}", "afmt": back}],
    )
    deck = genanki.Deck(2_059_400_110, "made")
    for note in made:
        deck.add_note(genanki.Note(model=model, guid=genanki.guid_for(note.id), fields=note.fields, tags=note.tags))
    genanki.Package(deck).write_to_file(path)
