"""Notes and bibliographies as plain JSON values and back, for the content mirror of the store.

Total both ways: `note_from_plain(type, id, line, note_to_plain(note)) == note`. Values that equal a field's default
are left out. A note's type, id and line are kept by the caller, so moving a note in its file leaves its JSON as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from quizkorea.core.dates import HistoricalDate, Precision, parse_edtf
from quizkorea.core.notes import (
    Bibliography,
    ChoiceNote,
    Citation,
    ClozeNote,
    DateNote,
    Dispute,
    FactNote,
    Holder,
    InterpretationNote,
    KeyPoint,
    ListItem,
    ListNote,
    Note,
    Option,
    Position,
    SequenceItem,
    SequenceNote,
    Source,
)

_NOTE_TYPES: Mapping[str, type[Note]] = {
    "fact": FactNote,
    "date": DateNote,
    "cloze": ClozeNote,
    "choice": ChoiceNote,
    "list": ListNote,
    "sequence": SequenceNote,
    "interpretation": InterpretationNote,
}
_TYPE_NAMES = {cls: name for name, cls in _NOTE_TYPES.items()}
_KEPT_BY_CALLER = ("id", "line")


def note_type(note: Note) -> str:
    """The type as an author writes it: `fact`, `date`, …"""
    return _TYPE_NAMES[type(note)]


def note_to_plain(note: Note) -> dict[str, Any]:
    """The content of a note as JSON values."""
    return _record_to_plain(note, _KEPT_BY_CALLER)


def note_from_plain(type_name: str, note_id: str, line: int, plain: Mapping[str, Any]) -> Note:
    """The note again. `plain` is what `note_to_plain` gave; anything else raises KeyError, TypeError or DateError."""
    values = {key: _reader_of(key)(value) for key, value in plain.items()}
    return _NOTE_TYPES[type_name](id=note_id, line=line, **values)


def bibliography_to_plain(bibliography: Bibliography) -> dict[str, Any]:
    """Sources and holders as JSON values."""
    return {
        "sources": [_record_to_plain(source) for source in bibliography.sources.values()],
        "holders": [_record_to_plain(holder) for holder in bibliography.holders.values()],
    }


def bibliography_from_plain(plain: Mapping[str, Any]) -> Bibliography:
    """The bibliography again."""
    sources = [_record(Source, entry) for entry in plain["sources"]]
    holders = [_record(Holder, entry) for entry in plain["holders"]]
    return Bibliography({source.id: source for source in sources}, {holder.id: holder for holder in holders})


@cache
def _defaults_of(cls: type) -> tuple[tuple[str, object], ...]:
    return tuple(
        (field.name, field.default_factory() if field.default_factory is not MISSING else field.default)
        for field in fields(cls)
    )


def _record_to_plain(record: Any, left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    plain = {}
    cls: type = type(record)
    for name, default in _defaults_of(cls):
        value = getattr(record, name)
        if name not in left_out and value != default:
            plain[name] = _to_plain(value)
    return plain


def _to_plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value.value if isinstance(value, Precision) else value
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    if isinstance(value, HistoricalDate):
        return value.edtf
    if isinstance(value, Mapping):
        return {str(key): _to_plain(item) for key, item in value.items()}
    return _record_to_plain(value)


def _record(cls: type, plain: Mapping[str, Any]) -> Any:
    return cls(**{key: _reader_of(key)(value) for key, value in plain.items()})


def _records(cls: type) -> Callable[[Any], Any]:
    return lambda items: tuple([_record(cls, item) for item in items])


def _deep_tuple(value: Any) -> Any:
    return tuple([_deep_tuple(item) for item in value]) if isinstance(value, list) else value


def _list_items(items: list[Any]) -> tuple[Any, ...]:
    """`items` of a list have no date, those of a sequence always have one."""
    return tuple([_record(SequenceItem if "date" in item else ListItem, item) for item in items])


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "citations": _records(Citation),
    "disputes": _records(Dispute),
    "options": _records(Option),
    "items": _list_items,
    "positions": _records(Position),
    "key_points": _records(KeyPoint),
    "date": parse_edtf,
    "ask": Precision,
    "gap_aliases": lambda gaps: {int(number): tuple(aliases) for number, aliases in gaps.items()},
}


def _reader_of(key: str) -> Callable[[Any], Any]:
    return _READERS.get(key, _deep_tuple)
