"""Readers of the note types that hold several entries: choice, list, sequence."""

from __future__ import annotations

from quizkorea.content import codes
from quizkorea.content.common import NoteFields, check_count, check_repeats, check_typable
from quizkorea.content.dating import check_order, read_date
from quizkorea.content.fields import Fields
from quizkorea.core.notes import ChoiceNote, ListItem, ListNote, Option, SequenceItem, SequenceNote

CHOICE_KEYS = frozenset({"question", "options"})
LIST_KEYS = frozenset({"question", "items", "ordered"})
SEQUENCE_KEYS = frozenset({"items", "question"})
_OPTION_KEYS = frozenset({"text", "correct", "feedback"})
_LIST_ITEM_KEYS = frozenset({"text", "aliases"})
_SEQUENCE_ITEM_KEYS = frozenset({"text", "date"})


def read_choice(note: NoteFields) -> ChoiceNote | None:
    """A choice of two to six options, at least one of them correct."""
    fields = note.fields
    question, entries = fields.need("question", note.owner), _needed_entries(note, "options", "an option")
    check_count(fields, "options", 2, 6)
    check_repeats(entries, "options")
    options = []
    may_be_correct = len(entries) != len(fields.entries("options")) if entries else True
    for entry in entries:
        entry.only(_OPTION_KEYS)
        text, feedback = entry.need("text", "this option"), entry.text("feedback")
        correct = entry.flag("correct")
        may_be_correct = may_be_correct or correct is True or (correct is None and entry.has("correct"))
        may_be_correct = may_be_correct or "correct" in entry.excused
        if text is not None:
            options.append(Option(text, correct is True, feedback))
    if not may_be_correct:
        at = (*fields.at, "options")
        fields.report.at_key(codes.NO_CORRECT_OPTION, at, "no option is correct", "Give one of them 'correct: true'.")
    return ChoiceNote(**note.common, question=question, options=tuple(options)) if question is not None else None


def read_list(note: NoteFields) -> ListNote | None:
    """A list of two to eight items."""
    fields = note.fields
    question, entries = fields.need("question", note.owner), _needed_entries(note, "items", "an item")
    check_count(fields, "items", 2, 8)
    check_repeats(entries, "items")
    ordered = fields.flag("ordered")
    items = []
    for entry in entries:
        entry.only(_LIST_ITEM_KEYS)
        text, aliases = entry.need("text", "this item"), entry.texts("aliases")
        check_typable(entry, "text", in_list=True)
        if text is not None:
            items.append(ListItem(text, aliases))
    if question is None:
        return None
    return ListNote(**note.common, question=question, items=tuple(items), ordered=ordered is True)


def read_sequence(note: NoteFields) -> SequenceNote | None:
    """A sequence of three to eight items whose dates decide their order."""
    fields = note.fields
    question, entries = fields.text("question"), _needed_entries(note, "items", "an item")
    check_count(fields, "items", 3, 8)
    check_repeats(entries, "items")
    items = []
    for entry in entries:
        entry.only(_SEQUENCE_ITEM_KEYS)
        text, when = entry.need("text", "this item"), read_date(entry, "date", "this item")
        if text is not None and when is not None:
            index = entry.at[-1]
            items.append((index if isinstance(index, int) else 0, SequenceItem(text, when)))
    check_order(fields, items)
    return SequenceNote(**note.common, items=tuple([item for _, item in items]), question=question)


def _needed_entries(note: NoteFields, key: str, entry_name: str) -> list[Fields]:
    """The entries of a required list of mappings."""
    if not note.fields.has(key):
        note.fields.missing(key, note.owner)
    return note.fields.mappings(key, entry_name)
