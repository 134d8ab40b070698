"""What the summary says, as plain text."""

from __future__ import annotations

from quizkorea.core.schedule import Rating
from quizkorea.core.spans import show_ms
from quizkorea.trainer.today import Overview
from quizkorea.trainer.views import Progress, Summary
from quizkorea.ui.wording import bar, counted, rating_name


def headline(summary: Summary) -> str:
    """How much, and how long."""
    if not summary.answered:
        return "No card was answered."
    return f"Session over: {counted(summary.answered, 'answer')} in {show_ms(summary.duration_ms)}. All saved."


def rating_lines(summary: Summary) -> str:
    """A bar for each rating."""
    if not summary.answered:
        return ""
    lines = []
    for rating in Rating:
        count = summary.by_rating.get(rating, 0)
        lines.append(f"{rating_name(rating):<6} {bar(count, summary.answered, 24)} {count}")
    return "\n".join(lines)


def totals_line(summary: Summary) -> str:
    """The share that was passed, and what was new."""
    if not summary.answered:
        return ""
    share = f"{summary.passed} of {summary.answered} passed ({summary.passed / summary.answered:.0%}; Hard is a pass)"
    return f"{share} · {counted(summary.new_started, 'new card')} started"


def next_line(summary: Summary, overview: Overview, progress: Progress, *, cram: bool, is_whole: bool) -> str:
    """What is next: waiting learning cards, cards still due, or the day of the next review."""
    lines = []
    if cram:
        lines.append("Practice: the schedule was left alone.")
    if summary.waiting_ms is not None:
        when = "now" if summary.waiting_ms == 0 else f"in {show_ms(summary.waiting_ms)}"
        lines.append(f"A learning card is due {when}.")
    if progress.remaining:
        lines.append(f"{counted(progress.remaining, 'card')} left in this session. Press r to go on.")
    elif overview.due and is_whole:
        lines.append(f"{counted(overview.due, 'card')} still due today. Press r to go on.")
    elif overview.due:
        lines.append(f"{counted(overview.due, 'card')} still due today beside this session. Press Enter for the decks.")
    elif overview.next_due is not None:
        lines.append(f"Nothing more is due today. The next card is due on {overview.next_due:%A} {overview.next_due}.")
    return "\n".join(lines)


def missed_title(summary: Summary) -> str:
    """The heading of the missed cards; empty when there are none."""
    return f"Missed ({len(summary.missed)})" if summary.missed else ""
