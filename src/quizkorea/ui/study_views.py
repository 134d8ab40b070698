"""What the widgets of the study screen show at each moment, computed from the attempt alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from quizkorea.core.faces import AnswerKind, source_line
from quizkorea.core.grading import mentioned_by_key_point
from quizkorea.core.notes import ChoiceNote, Citation, InterpretationNote
from quizkorea.core.schedule import Rating
from quizkorea.core.spans import show_interval, show_ms
from quizkorea.core.verdicts import Judgement, Verdict
from quizkorea.trainer.views import CardInfo, Presented
from quizkorea.ui.attempt import Attempt, Phase
from quizkorea.ui.widgets.options import Row
from quizkorea.ui.widgets.rating_bar import RatingButton, RatingView
from quizkorea.ui.wording import (
    HARD_IS_A_PASS,
    STATES,
    how_to_answer,
    how_to_tick,
    rating_name,
    verdict_line,
)


def verdict_text(attempt: Attempt) -> str:
    """The line above the answer; at the question only why it is asked again."""
    if attempt.unreadable is not None:
        return f"{verdict_line(attempt.unreadable)}\nTry once more, or press Enter to see the answer."
    if attempt.phase is not Phase.RATING:  # while key points are ticked, the rating bar counts them
        return ""
    if attempt.judgement is not None:
        return verdict_line(_without_feedback(attempt, attempt.judgement))
    return ""


def _without_feedback(attempt: Attempt, judgement: Judgement) -> Judgement:
    """On a choice each option shows its own feedback; the line above only counts."""
    if attempt.kind is not AnswerKind.CHOICE:
        return judgement
    rights = attempt.presented.face.right_options
    hits = len(set(rights).intersection(attempt.picked))
    return replace(judgement, message=f"{hits} of {len(rights)}" if judgement.verdict is Verdict.PARTIAL else "")


def verdict_class(attempt: Attempt) -> str:
    """The class that colours the verdict."""
    judgement = attempt.unreadable or attempt.judgement
    return f"-{judgement.verdict}" if judgement is not None else ""


VERDICT_CLASSES = tuple(f"-{verdict}" for verdict in Verdict)


def rating_view(attempt: Attempt, keys: Mapping[str, str], *, has_intervals: bool) -> RatingView:
    """The rating bar: how to answer, how to tick, or the four ratings."""
    if attempt.phase is Phase.QUESTION:
        return RatingView(how_to_answer(attempt))
    if attempt.phase is Phase.TICKING:
        return RatingView(how_to_tick(attempt))
    buttons = tuple(
        RatingButton(
            rating,
            keys.get(rating.name.lower(), str(int(rating))),
            rating_name(rating),
            show_interval(outcome) if has_intervals else "",
        )
        for rating, outcome in sorted(attempt.outcomes.items())
    )
    note = f"Enter takes {rating_name(attempt.proposed)}. {HARD_IS_A_PASS}"
    if attempt.is_close:
        yes, no = keys.get("yes", "y"), keys.get("no", "n")
        note = f"Accept it? Enter or {yes}: yes, Good · {no}: no, Again · or rate with a number."
    return RatingView(note, buttons, attempt.proposed)


def option_rows(attempt: Attempt) -> tuple[Row, ...]:
    """The options of a choice or the items of a sequence, with what the reveal says of each."""
    face = attempt.presented.face
    if attempt.kind is AnswerKind.CHOICE and attempt.is_revealed:
        return tuple(_judged_row(attempt, index) for index in range(len(face.options)))
    if attempt.is_revealed:  # the answer lists the items of a sequence again, in order
        return ()
    rows = []
    for index, text in enumerate(face.options):
        is_picked = index in attempt.picked
        box = ("[x] " if is_picked else "[ ] ") if attempt.takes_several else ""
        rows.append(Row(f"{box}{index + 1}", text, style="-picked" if is_picked else ""))
    return tuple(rows)


def _judged_row(attempt: Attempt, index: int) -> Row:
    face, note = attempt.presented.face, attempt.presented.face.note
    is_right, is_picked = index in face.right_options, index in attempt.picked
    assert isinstance(note, ChoiceNote)
    feedback = next((option.feedback or "" for option in note.options if option.text == face.options[index]), "")
    sign = "✓" if is_right else ("✗" if is_picked else " ")
    said = " (right)" if is_right else ""
    said = (" (right, your pick)" if is_right else " (your pick)") if is_picked else said
    style = "-right" if is_right else ("-wrong" if is_picked else "")
    return Row(f"{sign} {index + 1}", face.options[index] + said, feedback=feedback, style=style)


def point_rows(attempt: Attempt) -> tuple[Row, ...]:
    """The key points with their boxes, and the terms that the learner's text mentions."""
    face, note = attempt.presented.face, attempt.presented.face.note
    if not attempt.key_points or not attempt.is_revealed or not isinstance(note, InterpretationNote):
        return ()
    mentioned = mentioned_by_key_point(face, attempt.text)
    return tuple(
        Row(
            f"{'[x]' if index in attempt.ticks else '[ ]'} {index + 1}",
            point.text,
            remark=f"mentioned: {', '.join(mentioned[index])}" if mentioned[index] else "",
            style="-picked" if index in attempt.ticks else "",
        )
        for index, point in enumerate(note.key_points)
    )


def mentioned_terms_of(attempt: Attempt) -> tuple[str, ...]:
    """All terms that the learner's text mentions."""
    if not attempt.key_points:
        return ()
    return tuple(term for terms in mentioned_by_key_point(attempt.presented.face, attempt.text) for term in terms)


def citations_on(card: Presented) -> tuple[tuple[Citation, str], ...]:
    """All that the back cites, each with its source written out; on an essay the positions' citations too."""
    note = card.face.note
    if card.face.kind is not AnswerKind.ESSAY or not isinstance(note, InterpretationNote):
        return card.citations
    of_positions = (citation for position in note.positions for citation in position.citations)
    return (*card.citations, *((citation, source_line(citation, card.bibliography)) for citation in of_positions))


def sources_text(card: Presented, full: bool, key: str) -> str:
    """The citations: one short line, or each with its anchor."""
    citations = citations_on(card)
    if not citations:
        return ""
    if not full:
        first = citations[0][1]
        more = f" (and {len(citations) - 1} more: {key})" if len(citations) > 1 else ""
        return f"Source: {first}{more}"
    lines = ["Sources"]
    for citation, source in citations:
        lines.append(f"▪ {source}")
        if citation.anchor:
            lines.append(f"  where it says: “{citation.anchor}”")
    return "\n".join(lines)


def info_rows(card: Presented, info: CardInfo) -> list[tuple[str, str]]:
    """The rows of the card info."""
    schedule = info.schedule
    due = str(schedule.due_day) if schedule.due_day else ""
    if schedule.due_ms is not None and schedule.last_ms is not None:
        due = f"{show_ms(schedule.due_ms - schedule.last_ms)} after the last answer"
    rows = [
        ("Card", info.name),
        ("Written in", info.place),
        ("Tags", ", ".join(card.tags)),
        ("State", STATES[schedule.state]),
        ("Due", due),
        ("Stability", "" if schedule.stability is None else f"{schedule.stability:.1f} d"),
        ("Difficulty", "" if schedule.difficulty is None else f"{schedule.difficulty:.1f} of 10"),
        ("Recall now", "" if info.retrievability is None else f"{info.retrievability:.0%}"),
        ("Reviews", f"{schedule.reviews}, of them forgotten: {schedule.lapses}"),
        ("History", "\n".join(info.history)),
    ]
    return [(left, right) for left, right in rows if right]


def ratings_by_key(keys: Mapping[str, str]) -> str:
    """The four rating keys as one: `1-4`, or the learner's own side by side."""
    own = [keys.get(rating.name.lower(), str(int(rating))) for rating in Rating]
    return "1-4" if own == ["1", "2", "3", "4"] else "".join(own)
