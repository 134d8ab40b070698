"""The back of a card below its verdict: the answer beside the learner's own, and all that the note adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widget import Widget

from quizkorea.core.faces import AnswerKind, position_of, source_line
from quizkorea.core.grading import read_numbers
from quizkorea.core.notes import InterpretationNote, Position
from quizkorea.trainer.views import Presented
from quizkorea.ui.widgets.text import DeckText, Prose


@dataclass(frozen=True, slots=True)
class BackView:
    """A card, and what the learner typed."""

    card: Presented
    typed: str = ""


class CardBack(Vertical):
    """Shows a `BackView`; nothing before the reveal."""

    DEFAULT_CSS = """
    CardBack { height: auto; }
    CardBack .columns { height: auto; }
    CardBack .columns > Vertical { width: 1fr; height: auto; padding-right: 2; }
    CardBack .label { color: $text-muted; margin-top: 1; }
    CardBack .answer { text-style: bold; color: $text-success; }
    CardBack .holders { text-style: bold; }
    CardBack .positions { height: auto; layout: vertical; }
    CardBack .position { width: 1fr; height: auto; padding: 0 2 0 0; margin-bottom: 1; }
    CardBack .tight { margin-top: 0; }
    CardBack .small { color: $text-muted; }
    """

    view: reactive[BackView | None] = reactive(None, recompose=True)
    """What is shown; None at the question."""

    def compose(self) -> ComposeResult:
        """The parts that the card has."""
        if self.view is None:
            return
        card, note = self.view.card, self.view.card.face.note
        if card.face.kind is AnswerKind.ESSAY and isinstance(note, InterpretationNote):
            yield from _essay(card, note)
        elif card.face.kind is not AnswerKind.CHOICE:
            yield from _answer(self.view)
        if (position := position_of(card.face)) is not None:
            yield from _lines("Evidence", (f"· {item}" for item in position.evidence))
        if note.image:
            yield from _lines("Picture", [f"{note.alt or ''} ({note.image})"])
        if note.explanation:
            yield DeckText("Explanation", classes="label")
            yield Prose(note.explanation)
        for value, said, sources in card.disputes:
            yield DeckText(f"Disputed: {value}", classes="label")
            yield Prose(said)
            yield from (DeckText(source, classes="small") for source in sources)


def _answer(view: BackView) -> Iterator[Widget]:
    face = view.card.face
    columns = [Vertical(DeckText("Answer", classes="label"), DeckText(_answer_text(view.card), classes="answer"))]
    if view.typed.strip():
        columns.append(Vertical(DeckText("You wrote", classes="label"), DeckText(_own_text(view))))
    yield Horizontal(*columns, classes="columns")
    also = [text for text in face.accepted[1:] if text not in face.answer]
    if also:
        yield DeckText(f"Also right: {'; '.join(also)}", classes="small")


def _answer_text(card: Presented) -> str:
    face = card.face
    if face.kind is AnswerKind.SEQUENCE:
        pairs = zip(face.right_options, face.answer, strict=True)
        return "\n".join(f"{option + 1}  {line}" for option, line in pairs)
    return "\n".join(face.answer)


def _own_text(view: BackView) -> str:
    face, typed = view.card.face, view.typed.strip()
    if face.kind is AnswerKind.SEQUENCE and (order := read_numbers(typed, len(face.options))):
        return "\n".join(f"{option + 1}  {face.options[option]}" for option in order)
    if face.kind is AnswerKind.LIST:
        return "\n".join(item.strip() for item in typed.split(";") if item.strip())
    return typed


def _essay(card: Presented, note: InterpretationNote) -> Iterator[Widget]:
    if note.positions:
        yield DeckText("Positions", classes="label")
        yield Vertical(*(_position(card, position) for position in note.positions), classes="positions")
    yield DeckText("Model answer", classes="label tight" if note.positions else "label")
    yield Prose(note.model_answer)
    if note.why_it_matters:
        yield DeckText("Why it matters", classes="label")
        yield Prose(note.why_it_matters)


def _position(card: Presented, position: Position) -> Vertical:
    holders = ", ".join(card.bibliography.holders[holder].name for holder in position.holders)
    parts = [DeckText(holders, classes="holders"), DeckText(position.claim)]
    parts += [DeckText(f"· {item}") for item in position.evidence]
    if position.reported_by:
        source = card.bibliography.sources[position.reported_by]
        parts.append(DeckText(f"as reported by {source.author}", classes="small"))
    parts += [
        DeckText(f"▪ {source_line(citation, card.bibliography)}", classes="small") for citation in position.citations
    ]
    return Vertical(*parts, classes="position")


def _lines(label: str, lines: Iterable[str]) -> Iterator[Widget]:
    text = "\n".join(lines)
    if text:
        yield DeckText(label, classes="label")
        yield DeckText(text)
