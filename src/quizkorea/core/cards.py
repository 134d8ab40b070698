"""Cards: the prompts of a note, each scheduled for itself (DESIGN §3)."""

from __future__ import annotations

from quizkorea.core.card_names import MAIN, REVERSE, attribution_part
from quizkorea.core.cloze import gap_numbers
from quizkorea.core.notes import ClozeNote, DateNote, FactNote, InterpretationNote, Note


def parts_of(note: Note) -> tuple[str, ...]:
    """The parts of a note, in the order in which they are learned."""
    match note:
        case FactNote():
            return (MAIN, REVERSE) if note.reverse_question else (MAIN,)
        case DateNote():
            return (MAIN, REVERSE) if note.reverse else (MAIN,)
        case ClozeNote():
            return tuple(f"c{number}" for number in gap_numbers(note.text))
        case InterpretationNote():
            return (MAIN, *(attribution_part(position.id) for position in note.positions))
    return (MAIN,)
