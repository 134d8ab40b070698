"""What the home screen says, as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from quizkorea.trainer.today import DeckOverview, LoadReport, Overview
from quizkorea.ui.wording import bar, counted


def headline(overview: Overview) -> str:
    """The program's name and the study day."""
    day = overview.study_day
    return f"quizkorea · {day:%A} {day.day} {day:%B} {day.year}"


def today_line(overview: Overview) -> str:
    """What is due in all, what was done, and how to begin."""
    answered = f"{overview.answered_today} answered today"
    if not overview.due:
        when = f" The next card is due on {overview.next_due:%A} {overview.next_due}." if overview.next_due else ""
        return f"Nothing is due · {answered}.{when}\nPress p to practise without touching the schedule."
    parts = f"{overview.new} new + {overview.learning} learning + {overview.review} review"
    return f"Today: {overview.due} due = {parts} · {answered}\nPress Enter to start."


def number(count: int) -> Text:
    """A count, to the right; a zero is dim."""
    return Text(str(count), style="" if count else "dim", justify="right")


def progress_cell(seen: int, cards: int) -> Text:
    """How far the learner has come: a bar, and seen of all."""
    return Text(f"{bar(seen, cards, 8)} {seen}/{cards}")


def detail_text(overview: Overview, deck: DeckOverview | None, report: LoadReport, folders: Sequence[Path]) -> str:
    """What is said below the table: the deck under the cursor, and files in error."""
    if not overview.decks:
        where = ", ".join(str(folder) for folder in folders) or "any folder"
        return "\n".join([f"There are no decks in {where}. Put a deck file there and press r.", *report.problems])
    if deck is None:
        lines = [f"{counted(len(overview.decks), 'deck')}, {counted(sum(d.cards for d in overview.decks), 'card')}."]
        return "\n".join([*lines, *(f"! {problem}" for problem in report.problems)])
    lines = [deck.summary.strip()]
    if deck.suspended:
        lines.append(f"{counted(deck.suspended, 'card')} suspended.")
    if deck.problem:
        lines.append(f"! {deck.problem}")
    return "\n".join(lines)
