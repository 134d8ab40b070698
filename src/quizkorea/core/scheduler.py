"""FSRS-6 on study days: the only importer of `fsrs`, and the one function that gives a state from a log (DESIGN §6).

Elapsed time counts in study days, as in Anki: a review is fed to FSRS as 00:00 UTC of its study day's date, which is
a label and not an instant. Fuzz is ours, from card key and review count, so a previewed interval is the interval given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import fsrs

from quizkorea.core.order import fraction
from quizkorea.core.schedule import LogKind, LogRow, Outcome, Rating, Schedule, State

MAXIMUM_STABILITY = 36_500.0
"""Days; Anki's engine clamps here, py-fsrs does not (ANKI.md §4)."""

_FUZZ_BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From days, to days, share: the bands that Anki and py-fsrs use."""


@dataclass(frozen=True, slots=True)
class SchedulerSettings:
    """What the learner may choose. Steps are in seconds, the maximum interval in days."""

    parameters: tuple[float, ...] = tuple(fsrs.Scheduler().parameters)
    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = 36_500
    fuzz: bool = True


class Scheduler:
    """Pure: the same schedule, rating and time always give the same outcome."""

    def __init__(self, settings: SchedulerSettings | None = None) -> None:
        self.settings = settings or SchedulerSettings()
        self._engine = fsrs.Scheduler(
            parameters=self.settings.parameters,
            desired_retention=self.settings.desired_retention,
            learning_steps=[timedelta(seconds=s) for s in self.settings.learning_steps],
            relearning_steps=[timedelta(seconds=s) for s in self.settings.relearning_steps],
            maximum_interval=self.settings.maximum_interval,
            enable_fuzzing=False,
        )

    def review(self, schedule: Schedule, rating: Rating, *, now_ms: int, today: date, card_key: int) -> Outcome:
        """What follows from a rating given now. A clock set backwards never makes a gap negative."""
        at_ms = now_ms if schedule.last_ms is None else max(now_ms, schedule.last_ms + 1)
        day = today if schedule.last_day is None else max(today, schedule.last_day)
        fed = _label(day)
        card, _ = self._engine.review_card(self._card_of(schedule), fsrs.Rating(int(rating)), fed)
        state = State(int(card.state))
        stability = min(card.stability or 0.0, MAXIMUM_STABILITY)
        lapsed = schedule.state == State.REVIEW and rating == Rating.AGAIN
        due_day, due_ms = None, None
        if state == State.REVIEW:
            days = self._fuzzed((card.due - fed).days, card_key, schedule.reviews)
            due_day = day + timedelta(days=days)
        else:
            due_ms = at_ms + (card.due - fed) // timedelta(milliseconds=1)
        after = Schedule(
            state=state,
            step=card.step,
            stability=stability,
            difficulty=card.difficulty,
            due_day=due_day,
            due_ms=due_ms,
            last_day=day,
            last_ms=at_ms,
            reviews=schedule.reviews + 1,
            lapses=schedule.lapses + lapsed,
        )
        return Outcome(rating=rating, at_ms=at_ms, study_day=day, schedule=after)

    def preview(self, schedule: Schedule, *, now_ms: int, today: date, card_key: int) -> dict[Rating, Outcome]:
        """The four outcomes, one a button."""
        return {
            rating: self.review(schedule, rating, now_ms=now_ms, today=today, card_key=card_key) for rating in Rating
        }

    def retrievability(self, schedule: Schedule, today: date) -> float | None:
        """The chance (0 to 1) that the card would be recalled today; None for a card without memory."""
        if schedule.stability is None or schedule.last_day is None:
            return None
        now = _label(max(today, schedule.last_day))
        return float(self._engine.get_card_retrievability(self._card_of(schedule), now))

    def state_from_log(self, rows: Iterable[LogRow], card_key: int) -> Schedule:
        """A card's schedule from its log rows: the one function that undo, import, merge and rebuild all use.

        Undone rows do not count. Stability and difficulty are replayed in time order with today's parameters on the
        running maximum of `study_day`; state, step and due are those of the last live row; a reset starts anew.
        """
        schedule = Schedule()
        for row in sorted((row for row in rows if row.undone_at is None), key=lambda row: row.id):
            day = row.study_day if schedule.last_day is None else max(row.study_day, schedule.last_day)
            if row.kind == LogKind.RESET:
                schedule = Schedule(last_day=day, last_ms=row.id, reviews=schedule.reviews)
                continue
            memory = schedule
            if row.kind == LogKind.REVIEW and row.rating is not None:
                memory = self._remembered(schedule, row.rating, day, card_key)
            if memory.stability is None:
                memory = replace(memory, last_day=day)
            # where there is memory a set due leaves `last_day`: elapsed days count from the last review, as in Anki
            schedule = replace(
                memory,
                state=row.state,
                step=row.step,
                due_day=row.due_day,
                due_ms=row.due_ms,
                last_ms=row.id,
            )
        return schedule

    def _remembered(self, schedule: Schedule, rating: Rating, day: date, card_key: int) -> Schedule:
        at_ms = (schedule.last_ms or 0) + 1
        return self.review(schedule, rating, now_ms=at_ms, today=day, card_key=card_key).schedule

    def _card_of(self, schedule: Schedule) -> fsrs.Card:
        state, step = schedule.state, schedule.step
        if schedule.stability is None or schedule.difficulty is None:
            # New, or given a due date without ever having been reviewed: a pass leaves the steps behind at once.
            steps_left_behind = state in (State.REVIEW, State.RELEARNING)
            step = len(self.settings.learning_steps) if steps_left_behind else (step or 0)
            state = State.LEARNING
        elif state in (State.LEARNING, State.RELEARNING):
            step = step or 0
        return fsrs.Card(
            card_id=1,  # without an id the library sleeps a millisecond to find one
            state=fsrs.State(int(state)) if state != State.NEW else fsrs.State.Learning,
            step=None if state == State.REVIEW else step,
            stability=schedule.stability,
            difficulty=schedule.difficulty,
            due=_label(schedule.last_day or date(1970, 1, 1)),
            last_review=None if schedule.stability is None or schedule.last_day is None else _label(schedule.last_day),
        )

    def _fuzzed(self, days: int, card_key: int, reviews: int) -> int:
        if not self.settings.fuzz or days < _FUZZ_BANDS[0][0]:
            return days
        reach = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in _FUZZ_BANDS)
        least = max(2, round(days - reach))
        most = max(least, min(round(days + reach), self.settings.maximum_interval))
        return least + int(fraction(card_key, reviews) * (most - least + 1))


def _label(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
