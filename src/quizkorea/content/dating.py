"""Dates of the deck format, read with a finding that gives the reason."""

from __future__ import annotations

from itertools import pairwise

from quizkorea.content import codes
from quizkorea.content.fields import Fields
from quizkorea.core.dates import HistoricalDate, Precision, can_ask, parse_edtf
from quizkorea.core.errors import DateError
from quizkorea.core.notes import DateNote, SequenceItem
from quizkorea.core.typed_dates import edtf_spellings

_PRECISIONS = frozenset(precision.value for precision in Precision)
_PRECISION_HINT = "It is one of day, month, season, year, interval."


def read_date(fields: Fields, key: str, owner: str) -> HistoricalDate | None:
    """A required date."""
    text = fields.need(key, owner)
    if text is None:
        return None
    try:
        return parse_edtf(text)
    except DateError as error:
        fields.report.at_value(codes.BAD_DATE, (*fields.at, key), error.message, _cure(text, error))
        return None


def _cure(text: str, error: DateError) -> str:
    """The spelling that was meant, where the text reads as a date in ordinary words."""
    spellings = edtf_spellings(text)
    return f"write {' or '.join(spellings)}" if spellings else error.hint


def read_ask(fields: Fields, when: HistoricalDate | None) -> Precision | None:
    """The optional `ask` of a date note, which is never finer than its date."""
    text = fields.text("ask")
    if text is None:
        return None
    at = (*fields.at, "ask")
    if text not in _PRECISIONS:
        hint = fields.report.did_you_mean(text, _PRECISIONS, _PRECISION_HINT)
        fields.report.at_value(codes.UNKNOWN_ASK, at, f"unknown precision '{text[:40]}'", hint)
        return None
    ask = Precision(text)
    if when is not None and not can_ask(when, ask):
        message = f"ask is '{ask.value}', which the date '{when.edtf}' does not give"
        fields.report.at_value(codes.ASK_TOO_FINE, at, message, "Ask for what the date says, or give a finer date.")
        return None
    return ask


def check_disputes(fields: Fields, note: DateNote) -> None:
    """Warn of disputed values of a date that are not dates: no typed answer can be compared with them."""
    for index, dispute in enumerate(note.disputes):
        try:
            parse_edtf(dispute.value)
        except DateError as error:
            at = (*fields.at, "disputed", index, "value")
            fields.report.at_value(codes.DISPUTED_NOT_DATE, at, error.message, _cure(dispute.value, error))


def check_order(fields: Fields, items: list[tuple[int, SequenceItem]]) -> None:
    """Refuse items of a sequence whose dates overlap: nobody could put them in order."""
    dated = sorted(items, key=lambda entry: (entry[1].date.first, entry[1].date.last))
    for (_, earlier), (index, later) in pairwise(dated):
        if earlier.date.last >= later.date.first:
            message = (
                f"'{_short(earlier)}' ({earlier.date.edtf}) and '{_short(later)}' ({later.date.edtf}) "
                "cannot be put in order: their dates overlap"
            )
            at = (*fields.at, "items", index, "date")
            fields.report.at_value(codes.UNDECIDED_ORDER, at, message, "Give finer dates, or leave one item out.")


def _short(item: SequenceItem) -> str:
    return item.text if len(item.text) <= 40 else f"{item.text[:39]}…"
