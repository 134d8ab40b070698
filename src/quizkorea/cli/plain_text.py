"""What the line mode prints of a card, as plain lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizkorea.core.codec import note_type
from quizkorea.core.faces import AnswerKind, position_of, source_line
from quizkorea.core.notes import ChoiceNote, InterpretationNote, Position
from quizkorea.core.schedule import Outcome, Rating
from quizkorea.core.spans import show_interval, show_ms
from quizkorea.trainer.views import Presented, Progress, Summary


def front_lines(card: Presented, progress: Progress) -> list[str]:
    """Where we are, the question, and what can be picked."""
    face = card.face
    flag = ", flagged" if card.flagged else ""
    left = f"{progress.answered} done, {progress.remaining} left"
    lines = [f"[{left}] {card.deck_title}, {note_type(face.note)}{flag}", *face.prompt.splitlines()]
    lines += [f"  {number} {option}" for number, option in enumerate(face.options, 1)]
    if face.hint:
        lines.append(f"({face.hint})")
    return lines


def back_lines(card: Presented, mentioned: Sequence[Sequence[str]]) -> list[str]:
    """The answer, and all that the note adds to it."""
    face, note = card.face, card.face.note
    if face.kind is AnswerKind.ESSAY and isinstance(note, InterpretationNote):
        lines = _interpretation_lines(card, note, mentioned)
    elif len(face.answer) == 1:
        lines = [f"Answer: {face.answer[0]}"]
    else:
        lines = ["Answer:", *(f"  {line}" for line in face.answer)]
    position = position_of(face)
    if position is not None:
        lines += _position_lines(card, position)
    also = [text for text in face.accepted[1:] if text not in face.answer]
    if also:
        lines.append(f"Also right: {'; '.join(also)}")
    if isinstance(note, ChoiceNote):
        lines += [f"  {option.text}: {_flat(option.feedback)}" for option in note.options if option.feedback]
    if note.image:
        lines.append(f"Image {note.image}: {note.alt}")
    if note.explanation:
        lines.append(_flat(note.explanation))
    for value, said, sources in card.disputes:
        who = f" ({'; '.join(sources)})" if sources else ""
        lines.append(f"Disputed: {value}. {_flat(said)}{who}")
    lines += [f"Source: {source}" for _, source in card.citations]
    return lines


def _interpretation_lines(card: Presented, note: InterpretationNote, mentioned: Sequence[Sequence[str]]) -> list[str]:
    lines = ["Key points (tick with: t 1 3):"]
    for number, point in enumerate(note.key_points, 1):
        found = mentioned[number - 1] if mentioned else ()
        lines.append(f"  {number} {point.text}" + (f" (mentioned: {', '.join(found)})" if found else ""))
    for position in note.positions:
        holders = ", ".join(card.bibliography.holders[holder].name for holder in position.holders)
        lines.append(f"Position of {holders}: {position.claim}")
        lines += _position_lines(card, position)
        lines += [f"  source: {source_line(citation, card.bibliography)}" for citation in position.citations]
    lines.append(f"Model answer: {_flat(note.model_answer)}")
    if note.why_it_matters:
        lines.append(f"Why it matters: {_flat(note.why_it_matters)}")
    return lines


def _position_lines(card: Presented, position: Position) -> list[str]:
    """What a position rests on, and through whom it is known."""
    lines = [f"  evidence: {item}" for item in position.evidence]
    if position.reported_by is not None:
        reporter = card.bibliography.sources[position.reported_by]
        lines.append(f"  reported by: {reporter.author}, {reporter.title} ({reporter.year})")
    return lines


def _flat(prose: str | None) -> str:
    return " ".join((prose or "").split())


def rating_prompt(outcomes: Mapping[Rating, Outcome], proposed: Rating) -> str:
    """The four ratings with their intervals (none while cramming); the proposed one in brackets."""
    names = [
        f"{int(rating)} {rating.name.capitalize()}"
        + (f" {show_interval(outcomes[rating])}" if rating in outcomes else "")
        for rating in Rating
    ]
    return f"{', '.join(names)} [{int(proposed)}] > "


def summary_lines(summary: Summary) -> list[str]:
    """What the session came to."""
    if not summary.answered:
        return ["No card was answered."]
    counts = [
        f"{summary.by_rating[rating]} {rating.name.capitalize()}" for rating in Rating if rating in summary.by_rating
    ]
    cards = "1 answer" if summary.answered == 1 else f"{summary.answered} answers"
    lines = [f"{cards} ({', '.join(counts)}) in {show_ms(summary.duration_ms)}. All saved."]
    lines += [f"Missed: {_flat(missed.prompt)} Answer: {missed.answer}" for missed in summary.missed]
    waiting = waiting_line(summary)
    return [*lines, waiting] if waiting else lines


def waiting_line(summary: Summary) -> str:
    """When the next learning card comes; empty if none waits."""
    return "" if summary.waiting_ms is None else f"The next learning card is due in {show_ms(summary.waiting_ms)}."
