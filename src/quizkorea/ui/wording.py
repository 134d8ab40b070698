"""The words and small pictures of the screens, as plain text."""

from __future__ import annotations

from textual.content import Content

from quizkorea.core.card_names import is_attribution
from quizkorea.core.codec import note_type
from quizkorea.core.faces import AnswerKind
from quizkorea.core.schedule import Rating, State
from quizkorea.core.verdicts import Judgement, Verdict
from quizkorea.trainer.views import Presented, Progress
from quizkorea.ui.attempt import Attempt

SYMBOLS = {
    Verdict.RIGHT: "✓",
    Verdict.CLOSE: "≈",
    Verdict.PARTIAL: "◐",
    Verdict.WRONG: "✗",
    Verdict.UNREADABLE: "?",
}
STATES = {State.NEW: "new", State.LEARNING: "learning", State.REVIEW: "review", State.RELEARNING: "relearning"}
HARD_IS_A_PASS = "Hard is a pass: known, but with effort."

_HOW_TO = {
    AnswerKind.TEXT: "Type the answer, then Enter. Enter alone reveals.",
    AnswerKind.DATE: "Type the date, then Enter. Enter alone reveals.",
    AnswerKind.EVENT: "Type what happened, then Enter. Enter alone reveals.",
    AnswerKind.LIST: "Type the items with ; between them, then Enter. Enter alone reveals.",
    AnswerKind.SEQUENCE: "Type the numbers in order, then Enter. Enter alone reveals.",
    AnswerKind.ESSAY: "Write your answer, then Ctrl+S. Ctrl+S alone reveals.",
}


def rating_name(rating: Rating) -> str:
    """`Again`, `Hard`, `Good`, `Easy`."""
    return rating.name.capitalize()


def counted(number: int, one: str, many: str = "") -> str:
    """`1 card`, `3 cards`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def bar(part: int, whole: int, width: int) -> str:
    """A bar of text. Something done always shows, and only all of it fills the bar."""
    if whole <= 0 or part <= 0:
        return "░" * width
    filled = width if part >= whole else min(width - 1, max(1, round(width * part / whole)))
    return "█" * filled + "░" * (width - filled)


def place_line(card: Presented) -> str:
    """Where the learner is: deck, type, state, flag."""
    kind = "who argues this" if is_attribution(card.face.part) else note_type(card.face.note)
    words = [card.deck_title, kind, STATES[card.schedule.state]]
    return " · ".join([*(["⚑ flagged"] if card.flagged else []), *words])


def progress_line(progress: Progress) -> str:
    """`3 done · 17 left`, with a bar."""
    whole = progress.answered + progress.remaining
    return f"{progress.answered} done · {progress.remaining} left {bar(progress.answered, whole, 10)}"


def verdict_line(judgement: Judgement) -> str:
    """The verdict word first, then its symbol and why."""
    said = f"{judgement.verdict.capitalize()} {SYMBOLS[judgement.verdict]}"
    return f"{said}  {judgement.message}" if judgement.message else said


def hint_line(attempt: Attempt) -> str:
    """How to answer, in the words of the card."""
    hint = attempt.presented.face.hint
    return f"({hint})" if hint else ""


def how_to_answer(attempt: Attempt) -> str:
    """What to do at the question."""
    if attempt.kind is not AnswerKind.CHOICE:
        return _HOW_TO[attempt.kind]
    count = len(attempt.presented.face.options)
    if attempt.takes_several:
        return f"Press 1-{count} to mark all that are right, then Enter. Enter alone reveals."
    return f"Press 1-{count} to pick. Enter or Space reveals."


def how_to_tick(attempt: Attempt) -> str:
    """What to do with the key points, and what the ticks would propose."""
    count = f"{len(attempt.ticks)} of {attempt.key_points} ticked, which proposes {rating_name(attempt.proposed)}."
    return f"Press 1-{attempt.key_points} to tick the key points you covered, then Enter.\n{count}"


def underlined(text: str, terms: tuple[str, ...]) -> Content:
    """A learner's text with the terms underlined where they stand letter for letter."""
    content = Content(text)
    folded = text.lower()
    if len(folded) != len(text):  # a few letters change length in lower case; then places cannot be told
        return content
    for term in terms:
        start = folded.find(term.lower())
        while start >= 0:
            content = content.stylize("underline", start, start + len(term))
            start = folded.find(term.lower(), start + 1)
    return content
