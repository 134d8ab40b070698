"""Small notes of every type, with one bibliography: what the tests of the core need."""

from __future__ import annotations

from typing import Any

from quizkorea.core.card_names import MAIN
from quizkorea.core.dates import Precision, parse_edtf
from quizkorea.core.faces import CardFace, face_of
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

BIBLIOGRAPHY = Bibliography(
    {
        "monger": Source("monger", "Bradley M. Monger", "Stalin's Decision", "2014", "thesis", pages=(1, 90)),
        "cable": Source("cable", "V. Molotov", "Cable 600", "1950", "document", attribution_inferred=True),
    },
    {
        "cumings": Holder("cumings", "Bruce Cumings", ("Cumings",)),
        "halliday": Holder("halliday", "Jon Halliday", ("Halliday",)),
        "whiting": Holder("whiting", "Allen Whiting", ("Allen S. Whiting",)),
    },
)


def nowhere(form: str) -> bool:
    """No other card accepts anything."""
    del form
    return False


def everywhere(form: str) -> bool:
    """Another card accepts whatever is asked for."""
    return bool(form)


def fact(**more: Any) -> FactNote:
    """Who stood at the head of North Korea."""
    values: dict[str, Any] = {"answer": "Kim Il-sung", "aliases": ("Kim Ilsong",)} | more
    return FactNote(id="leader", kind="person", question="Who led North Korea?", **values)


def dated(when: str, ask: Precision | None = None, **more: Any) -> DateNote:
    """When an event happened."""
    return DateNote(id="treaty", event="The treaty is signed", date=parse_edtf(when), ask=ask, **more)


def cloze(text: str, **more: Any) -> ClozeNote:
    """A sentence with gaps."""
    return ClozeNote(id="gaps", text=text, **more)


def choice(*rights: str, wrongs: tuple[str, ...] = (), **more: Any) -> ChoiceNote:
    """A choice among right and wrong options; each wrong one has feedback."""
    options = [Option(text, correct=True) for text in rights]
    options += [Option(text, feedback=f"{text} did not.") for text in wrongs]
    return ChoiceNote(id="pick", question="Who signed?", options=tuple(options), **more)


def listing(*items: str | ListItem, ordered: bool = False) -> ListNote:
    """A list of items, given as texts or with their aliases."""
    made = tuple(ListItem(item) if isinstance(item, str) else item for item in items)
    return ListNote(id="members", question="Name them.", items=made, ordered=ordered)


def sequence(*dates: str) -> SequenceNote:
    """Events called `event 0`, `event 1`, …, written in the order of the given dates."""
    items = tuple(SequenceItem(f"event {at}", parse_edtf(when)) for at, when in enumerate(dates))
    return SequenceNote(id="order", items=items)


def interpretation(**more: Any) -> InterpretationNote:
    """A contested question with two positions: one of two holders, one of a single holder."""
    values: dict[str, Any] = {
        "citations": (Citation("monger", "p. 3", "the note itself"),),
        "positions": (
            Position("civil", ("cumings", "halliday"), "It was a civil war.", citations=(Citation("cable", "p. 1"),)),
            Position("security", ("whiting",), "China felt threatened.", reported_by="monger"),
        ),
    } | more
    return InterpretationNote(
        id="origins",
        contested=True,
        question="Why did it begin?",
        key_points=(KeyPoint("Both regimes", ("Rhee", "Kim")), KeyPoint("Moscow", ("the bomb",)), KeyPoint("Peking")),
        model_answer="Both, with leave from Moscow.",
        **values,
    )


DISPUTE = Dispute("Pak Hon-yong", "Some papers name the foreign minister.")


def face(note: Note, part: str = MAIN, *, card_key: int = 1, reviews: int = 0) -> CardFace:
    """The face of one card of a note."""
    return face_of(note, part, BIBLIOGRAPHY, card_key=card_key, reviews=reviews)
