"""Reader of interpretations: key points, and the positions of those who disagree."""

from __future__ import annotations

from quizkorea.content import codes
from quizkorea.content.citing import read_citations, read_holders, read_reporter
from quizkorea.content.common import NoteFields, check_count
from quizkorea.content.fields import Fields
from quizkorea.content.report import Notice, TreePath
from quizkorea.core.notes import InterpretationNote, KeyPoint, Position

INTERPRETATION_KEYS = frozenset({"contested", "question", "key_points", "model_answer", "why_it_matters", "positions"})
_POSITION_KEYS = frozenset({"id", "holders", "claim", "reported_by", "evidence", "cite"})
_KEY_POINT_KEYS = frozenset({"text", "terms"})


def read_interpretation(note: NoteFields) -> InterpretationNote | None:
    """An interpretation; a contested one has at least two positions."""
    fields = note.fields
    contested = fields.flag("contested")
    if not fields.has("contested"):
        fields.missing("contested", note.owner)
    question, model_answer = fields.need("question", note.owner), fields.need("model_answer", note.owner)
    why_it_matters = fields.text("why_it_matters")
    key_points, positions = _key_points(note), _positions(note)
    _check_contested(note, contested)
    if question is None or model_answer is None:
        return None
    return InterpretationNote(
        **note.common,
        contested=contested is True,
        question=question,
        key_points=key_points,
        model_answer=model_answer,
        why_it_matters=why_it_matters,
        positions=positions,
    )


def _check_contested(note: NoteFields, contested: bool | None) -> None:
    """Contested means that two or more positions are named."""
    fields = note.fields
    if contested is not True or "positions" in fields.excused:
        return
    hint = "Add the other position, or write 'contested: false'."
    if not fields.has("positions"):
        at = (*fields.at, "contested")
        fields.report.at_key(codes.POSITIONS_MISSING, at, f"{note.owner} is contested, but has no 'positions'", hint)
    elif len(fields.entries("positions")) == 1:
        at = (*fields.at, "positions")
        fields.report.at_key(codes.POSITIONS_MISSING, at, f"{note.owner} is contested, but has one position", hint)


def _key_points(note: NoteFields) -> tuple[KeyPoint, ...]:
    fields = note.fields
    if not fields.has("key_points"):
        fields.missing("key_points", note.owner)
    check_count(fields, "key_points", 3, 6)
    found = []
    for entry in fields.mappings("key_points", "a key point"):
        entry.only(_KEY_POINT_KEYS)
        text, terms = entry.need("text", "this key point"), entry.texts("terms")
        if text is not None:
            found.append(KeyPoint(text, terms))
    return tuple(found)


def _positions(note: NoteFields) -> tuple[Position, ...]:
    found = []
    seen: dict[str, TreePath] = {}
    for entry in note.fields.mappings("positions", "a position"):
        entry.only(_POSITION_KEYS)
        name = entry.name("id", "this position")
        if name is not None:
            _check_twice(entry, name, seen)
        holders, claim = read_holders(entry, note.names), entry.need("claim", "this position")
        reported_by, evidence = read_reporter(entry, note.names), entry.texts("evidence")
        citations = read_citations(entry, note.names)
        if name is not None and claim is not None:
            found.append(Position(name, holders, claim, reported_by, evidence, citations))
    return tuple(found)


def _check_twice(entry: Fields, name: str, seen: dict[str, TreePath]) -> None:
    """A position's id is its own within the note."""
    at = (*entry.at, "id")
    if name in seen:
        message = f"the position id '{name}' is used twice"
        notice = Notice(codes.DUPLICATE_POSITION, message, "Give it another id.", at=at, first=seen[name])
        entry.report.add(notice)
    seen.setdefault(name, at)
