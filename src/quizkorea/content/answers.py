"""Readers of the note types that ask for one answer: fact, date, cloze."""

from __future__ import annotations

import re

from quizkorea.content import codes
from quizkorea.content.common import NoteFields, check_together, check_typable
from quizkorea.content.dating import check_disputes, read_ask, read_date
from quizkorea.content.fields import Fields
from quizkorea.content.report import Notice, listed, quoted
from quizkorea.core.cloze import ClozeError, gap_numbers
from quizkorea.core.notes import FACT_KINDS, ClozeNote, DateNote, FactNote

FACT_KEYS = frozenset({"kind", "question", "answer", "aliases", "reverse_question", "reverse_answer"})
DATE_KEYS = frozenset({"event", "date", "question", "ask", "reverse"})
CLOZE_KEYS = frozenset({"text", "gap_aliases"})
_KINDS = frozenset(FACT_KINDS)
_GAP_KEY = re.compile(r"c([1-9][0-9]{0,2})\Z")


def read_fact(note: NoteFields) -> FactNote | None:
    """A fact; the reverse question and its answer stand together."""
    fields = note.fields
    kind = fields.need("kind", note.owner)
    if kind is not None and kind not in _KINDS:
        hint = fields.report.did_you_mean(kind, _KINDS, f"It is one of {listed(FACT_KINDS)}.")
        fields.report.at_value(codes.UNKNOWN_KIND, (*fields.at, "kind"), f"unknown kind {quoted(kind)}", hint)
    question, answer = fields.need("question", note.owner), fields.need("answer", note.owner)
    aliases = fields.texts("aliases")
    check_typable(fields, "answer")
    check_typable(fields, "reverse_answer")
    check_together(fields, "reverse_question", "reverse_answer")
    reverse_question, reverse_answer = fields.text("reverse_question"), fields.text("reverse_answer")
    if kind is None or question is None or answer is None:
        return None
    return FactNote(
        **note.common,
        kind=kind,
        question=question,
        answer=answer,
        aliases=aliases,
        reverse_question=reverse_question,
        reverse_answer=reverse_answer,
    )


def read_date_note(note: NoteFields) -> DateNote | None:
    """A date, asked no finer than it is known."""
    fields = note.fields
    event, when = fields.need("event", note.owner), read_date(fields, "date", note.owner)
    question, ask, reverse = fields.text("question"), read_ask(fields, when), fields.flag("reverse")
    if event is None or when is None:
        return None
    found = DateNote(**note.common, event=event, date=when, question=question, ask=ask, reverse=reverse is True)
    check_disputes(fields, found)
    return found


def read_cloze(note: NoteFields) -> ClozeNote | None:
    """A cloze with at least one gap, and aliases only for gaps it has."""
    fields = note.fields
    text = fields.need("text", note.owner)
    numbers = _gaps(fields, text) if text is not None else None
    aliases = _gap_aliases(fields, numbers)
    if text is None or numbers is None:
        return None
    return ClozeNote(**note.common, text=text, gap_aliases=aliases)


def _gaps(fields: Fields, text: str) -> tuple[int, ...] | None:
    """The gap numbers of a text; None if it is wrong."""
    at = (*fields.at, "text")
    try:
        numbers = gap_numbers(text)
    except ClozeError as error:
        notice = Notice(codes.BAD_CLOZE, error.message, error.hint, at=at, offset=error.position, value=text)
        fields.report.add(notice)
        return None
    if not numbers:
        fields.report.at_value(codes.NO_GAP, at, "this cloze has no gap", "Write a gap as {{c1::answer::hint}}.")
        return None
    return numbers


def _gap_aliases(fields: Fields, numbers: tuple[int, ...] | None) -> dict[int, tuple[str, ...]]:
    """`gap_aliases`, by gap number."""
    table = fields.mapping("gap_aliases")
    if table is None:
        return {}
    found = {}
    for key in table.data:
        match = _GAP_KEY.match(key)
        number = int(match[1]) if match else 0
        if numbers is not None and number not in numbers:
            message = f"there is no gap {quoted(key)} in the text"
            hint = f"Its gap{'s are' if len(numbers) > 1 else ' is'} {', '.join(f'c{known}' for known in numbers[:9])}."
            table.report.at_key(codes.NO_SUCH_GAP, (*table.at, key), message, hint)
        found[number] = table.texts(key)
    return found
