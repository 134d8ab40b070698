"""What a card shows: its prompt, how it is answered, and its back. Plain values for any front end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from quizkorea.core.card_names import REVERSE, attributed_position, gap_number, is_attribution
from quizkorea.core.cloze import ClozeGap, parse_cloze
from quizkorea.core.dates import HistoricalDate, Precision, cut_to, show_date
from quizkorea.core.notes import (
    Bibliography,
    ChoiceNote,
    Citation,
    ClozeNote,
    DateNote,
    FactNote,
    InterpretationNote,
    ListNote,
    Note,
    Position,
    SequenceNote,
)
from quizkorea.core.order import shuffled
from quizkorea.core.typed_dates import read_authored_date


class AnswerKind(StrEnum):
    """How a card is answered."""

    TEXT = "text"
    DATE = "date"
    EVENT = "event"
    """What happened on a date: other words than the author's are for the learner to compare."""
    CHOICE = "choice"
    LIST = "list"
    SEQUENCE = "sequence"
    ESSAY = "essay"


@dataclass(frozen=True, slots=True)
class CardFace:
    """One card, ready to be shown. Everything is plain text, but for the prose fields of the note (Markdown)."""

    note: Note
    part: str
    kind: AnswerKind
    prompt: str
    answer: tuple[str, ...]
    """The right answer, a line each."""
    accepted: tuple[str, ...] = ()
    """What is right when typed, the answer first (kinds TEXT and EVENT)."""
    hint: str = ""
    """One line that says how to answer."""
    date: HistoricalDate | None = None
    ask: Precision | None = None
    options: tuple[str, ...] = ()
    """What can be picked, in the order shown (kinds CHOICE and SEQUENCE)."""
    right_options: tuple[int, ...] = ()
    """Indices into `options`: the right ones of a choice, or the right order of a sequence."""


def face_of(note: Note, part: str, bibliography: Bibliography, *, card_key: int = 0, reviews: int = 0) -> CardFace:
    """The face of one card. The order of options follows from card key and review count, so undo shows the same."""
    match note:
        case FactNote():
            return _fact_face(note, part)
        case DateNote():
            return _date_face(note, part)
        case ClozeNote():
            return _cloze_face(note, part)
        case ChoiceNote():
            return _choice_face(note, part, shuffled(len(note.options), card_key, reviews))
        case ListNote():
            return _list_face(note, part)
        case SequenceNote():
            return _sequence_face(note, part, shuffled(len(note.items), card_key, reviews))
        case InterpretationNote():
            return _interpretation_face(note, part, bibliography)
    raise ValueError(f"a note of an unknown type: {note!r}")


def _fact_face(note: FactNote, part: str) -> CardFace:
    if part == REVERSE:
        answer = note.reverse_answer or ""
        return CardFace(note, part, AnswerKind.TEXT, note.reverse_question or "", (answer,), (answer,))
    return CardFace(note, part, AnswerKind.TEXT, note.question, (note.answer,), (note.answer, *note.aliases))


def _date_face(note: DateNote, part: str) -> CardFace:
    key = cut_to(note.date, note.ask)
    shown = show_date(note.date)
    if part == REVERSE:
        return CardFace(note, part, AnswerKind.EVENT, f"What happened: {shown}?", (note.event,), (note.event,))
    asked = note.ask or note.date.precision
    prompt = note.question or f"When: {note.event}?"
    answer = (shown,) if key == note.date else (show_date(key), f"(in full: {shown})")
    return CardFace(note, part, AnswerKind.DATE, prompt, answer, hint=_DATE_HINTS[asked], date=note.date, ask=note.ask)


_DATE_HINTS = {
    Precision.DAY: "the day",
    Precision.MONTH: "the month and year",
    Precision.SEASON: "the season and year",
    Precision.YEAR: "the year",
    Precision.INTERVAL: "from when to when",
}


def _cloze_face(note: ClozeNote, part: str) -> CardFace:
    number = gap_number(part)
    pieces = parse_cloze(note.text)
    gaps = [piece for piece in pieces if isinstance(piece, ClozeGap) and piece.number == number]
    prompt = "".join(_shown_piece(piece, number) for piece in pieces)
    answers = tuple(dict.fromkeys(gap.answer for gap in gaps))
    answer = "; ".join(answers)
    accepted = (answer, *note.gap_aliases.get(number, ()))
    when = read_authored_date(answer) if len(answers) == 1 else None
    face = CardFace(note, part, AnswerKind.TEXT, prompt, (answer,), accepted)
    if when is not None:
        return replace(face, kind=AnswerKind.DATE, date=when, hint=_DATE_HINTS[when.precision])
    return face


def _shown_piece(piece: str | ClozeGap, number: int) -> str:
    if isinstance(piece, str):
        return piece
    if piece.number != number:
        return piece.answer
    return f"[{piece.hint}]" if piece.hint else "[…]"


def _choice_face(note: ChoiceNote, part: str, order: tuple[int, ...]) -> CardFace:
    options = tuple(note.options[at].text for at in order)
    right = tuple(place for place, at in enumerate(order) if note.options[at].correct)
    answer = tuple(options[place] for place in right)
    hint = "pick one" if len(right) == 1 else f"pick all that are right: {len(right)}"
    return CardFace(
        note, part, AnswerKind.CHOICE, note.question, answer, hint=hint, options=options, right_options=right
    )


def _list_face(note: ListNote, part: str) -> CardFace:
    order = ", in order" if note.ordered else ""
    hint = f"{len(note.items)} items{order}, separated by ;"
    return CardFace(note, part, AnswerKind.LIST, note.question, tuple(item.text for item in note.items), hint=hint)


def _sequence_face(note: SequenceNote, part: str, order: tuple[int, ...]) -> CardFace:
    by_date = sorted(range(len(note.items)), key=lambda at: (note.items[at].date.first, note.items[at].date.last))
    if order == tuple(by_date):  # a shuffle that gives the answer away is turned round
        order = order[::-1]
    place_of = {at: place for place, at in enumerate(order)}
    return CardFace(
        note,
        part,
        AnswerKind.SEQUENCE,
        note.question or "Put these in order, earliest first.",
        tuple(f"{note.items[at].text} ({show_date(note.items[at].date)})" for at in by_date),
        hint="the numbers in order, earliest first",
        options=tuple(note.items[at].text for at in order),
        right_options=tuple(place_of[at] for at in by_date),
    )


def _interpretation_face(note: InterpretationNote, part: str, bibliography: Bibliography) -> CardFace:
    if not is_attribution(part):
        return CardFace(
            note, part, AnswerKind.ESSAY, note.question, (note.model_answer,), hint="think or write, then tick"
        )
    position = next(p for p in note.positions if p.id == attributed_position(part))
    names = [bibliography.holders[holder].name for holder in position.holders]
    aliases = [alias for holder in position.holders for alias in bibliography.holders[holder].aliases]
    together = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    prompt = f"Who argues this?\n\n“{position.claim}”\n\nOn the question: {note.question}"
    hint = "any one of the holders" if len(names) > 1 else ""
    accepted = (together, *names, *aliases)
    return CardFace(note, part, AnswerKind.TEXT, prompt, (together,), accepted, hint=hint)


def position_of(face: CardFace) -> Position | None:
    """The position that an attribution card asks about; None on any other card."""
    if isinstance(face.note, InterpretationNote) and is_attribution(face.part):
        return next(p for p in face.note.positions if p.id == attributed_position(face.part))
    return None


def citations_of(face: CardFace) -> tuple[Citation, ...]:
    """What a card's back cites: the note's citations; on an attribution card its position's come first."""
    position = position_of(face)
    return (*(position.citations if position else ()), *face.note.citations)


def source_line(citation: Citation, bibliography: Bibliography) -> str:
    """A citation as a reader knows it: `Bradley M. Monger, Stalin's Decision (2014), p. 39`."""
    source = bibliography.sources[citation.source]
    inferred = " [inferred]" if source.attribution_inferred else ""
    return f"{source.author}{inferred}, {source.title} ({source.year}), {citation.at}"


def accepted_forms(
    note: Note, parts: tuple[str, ...], bibliography: Bibliography, form: Callable[[str], str]
) -> set[str]:
    """The normal forms that any card of a note accepts: what is never offered as a slip on another card."""
    forms = {form(text) for part in parts for text in face_of(note, part, bibliography).accepted}
    if isinstance(note, ListNote):
        forms |= {form(text) for item in note.items for text in (item.text, *item.aliases)}
    return forms - {""}
