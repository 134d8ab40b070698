"""A deck's tree into a core Deck: the header, and each note by the reader of its type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from quizkorea.content import codes
from quizkorea.content.answers import CLOZE_KEYS, DATE_KEYS, FACT_KEYS, read_cloze, read_date_note, read_fact
from quizkorea.content.bibliography import check_format
from quizkorea.content.citing import Names
from quizkorea.content.common import COMMON_KEYS, NoteFields, read_common, read_was
from quizkorea.content.fields import Fields
from quizkorea.content.judgements import INTERPRETATION_KEYS, read_interpretation
from quizkorea.content.report import Notice, TreePath, listed, quoted
from quizkorea.content.selections import (
    CHOICE_KEYS,
    LIST_KEYS,
    SEQUENCE_KEYS,
    read_choice,
    read_list,
    read_sequence,
)
from quizkorea.core.notes import NOTE_TYPES, Deck, Note

_DECK_KEYS = frozenset(
    {"format", "deck", "title", "summary", "notes", "order", "language", "license", "authors", "tags", "was"}
)


@dataclass(frozen=True, slots=True)
class _NoteType:
    """What belongs to a note type: its keys, and its reader."""

    keys: frozenset[str]
    read: Callable[[NoteFields], Note | None]


_TYPES = {
    "fact": _NoteType(COMMON_KEYS | FACT_KEYS, read_fact),
    "date": _NoteType(COMMON_KEYS | DATE_KEYS, read_date_note),
    "cloze": _NoteType(COMMON_KEYS | CLOZE_KEYS, read_cloze),
    "choice": _NoteType(COMMON_KEYS | CHOICE_KEYS, read_choice),
    "list": _NoteType(COMMON_KEYS | LIST_KEYS, read_list),
    "sequence": _NoteType(COMMON_KEYS | SEQUENCE_KEYS, read_sequence),
    "interpretation": _NoteType(COMMON_KEYS | INTERPRETATION_KEYS, read_interpretation),
}
_KEY_OWNERS = {
    key: f"'{key}' belongs to a note of type {listed([name for name in NOTE_TYPES if key in _TYPES[name].keys])}"
    for key in sorted(frozenset[str]().union(*(each.keys for each in _TYPES.values())))
}
_ALL_NOTE_KEYS = frozenset(_KEY_OWNERS)
_SOURCES_HINT = "The bibliography is a file of its own, sources.yaml."
_HEADER_OWNERS = {"sources": _SOURCES_HINT, "holders": _SOURCES_HINT} | _KEY_OWNERS
_TYPE_NAMES = frozenset(NOTE_TYPES)


def read_deck_tree(fields: Fields, lines: list[int], names: Names, folder: Path) -> Deck | None:
    """The deck; None if a required part is missing. All that is wrong goes into the report of `fields`."""
    fields.only(_DECK_KEYS, _HEADER_OWNERS)
    check_format(fields, "this deck")
    slug = fields.name("deck", "this deck")
    title, summary = fields.need("title", "this deck"), fields.need("summary", "this deck")
    order, language, rights = fields.number("order"), fields.text("language"), fields.text("license")
    authors, tags, was = fields.texts("authors"), fields.texts("tags"), read_was(fields, deck=True)
    notes = _notes(fields, lines, names, folder)
    if slug is None or title is None or summary is None:
        return None
    return Deck(
        slug=slug,
        title=title,
        summary=summary,
        notes=tuple(notes),
        order=order,
        language=language,
        license=rights,
        authors=authors,
        tags=tags,
        was=was,
    )


def _notes(fields: Fields, lines: list[int], names: Names, folder: Path) -> list[Note]:
    """All notes that could be built."""
    if not fields.has("notes"):
        fields.missing("notes", "this deck")
    notes = []
    seen: dict[str, TreePath] = {}
    for entry in fields.mappings("notes", "a note"):
        index = entry.at[-1]
        line = lines[index] if isinstance(index, int) and index < len(lines) else 0
        note = _note(entry, line, names, folder)
        _check_id(entry, seen)
        if note is not None:
            notes.append(note)
    return notes


def _note(fields: Fields, line: int, names: Names, folder: Path) -> Note | None:
    """One note by the reader of its type."""
    kind = fields.data.get("type")
    known = _TYPES.get(kind) if isinstance(kind, str) else None
    fields.only(known.keys if known else _ALL_NOTE_KEYS, _KEY_OWNERS)
    note = read_common(fields, line, names, folder)
    if known is not None:
        found = known.read(note)
        return found if note.has_id else None
    name = fields.need("type", note.owner)
    if name is not None:
        hint = fields.report.did_you_mean(name, _TYPE_NAMES, f"It is one of {listed(NOTE_TYPES)}.")
        fields.report.at_value(codes.UNKNOWN_TYPE, (*fields.at, "type"), f"unknown note type {quoted(name)}", hint)
    return None


def _check_id(fields: Fields, seen: dict[str, TreePath]) -> None:
    """A note's id is its own within the deck."""
    name = fields.data.get("id")
    if not isinstance(name, str):
        return
    at = (*fields.at, "id")
    if name in seen:
        message = f"the note id {quoted(name)} is used twice"
        notice = Notice(codes.DUPLICATE_NOTE, message, "Give one of them another id.", at=at, first=seen[name])
        fields.report.add(notice)
    seen.setdefault(name, at)
