"""A card's history and a session's end, as values for the front ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from quizkorea.core.schedule import LogRow
from quizkorea.core.scheduler import Scheduler
from quizkorea.core.session import ActionKind, SessionQueue
from quizkorea.store.card_values import StoredCard
from quizkorea.trainer.views import CardInfo, Missed, Summary


def card_info(card: StoredCard, log: Sequence[LogRow], scheduler: Scheduler, today: date) -> CardInfo:
    """What is known of a card's memory; `log` holds all its rows in time order."""
    rows = [row for row in log if row.undone_at is None]
    history = tuple(
        f"{row.study_day}  {row.rating.name.capitalize() if row.rating else row.kind.value}" for row in rows[::-1]
    )
    chance = scheduler.retrievability(card.schedule, today)
    return CardInfo(card.name, f"{card.path}:{card.note.line}", card.schedule, chance, history)


def summary_of(queue: SessionQueue, missed: Iterable[Missed], duration_ms: int, now_ms: int) -> Summary:
    """A session as far as it has come."""
    answers = [action for action in queue.actions if action.kind == ActionKind.ANSWER]
    waits_for = queue.next_learning_ms()
    return Summary(
        answered=len(answers),
        by_rating=dict(Counter(action.rating for action in answers if action.rating)),
        new_started=sum(action.started for action in answers),
        missed=tuple(missed),
        duration_ms=duration_ms,
        waiting_ms=None if waits_for is None else max(0, waits_for - now_ms),
    )
