"""Every card's state from its log: ours against a plain replay with py-fsrs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import fsrs

from benchmarks.figures import Figure, Section, peer_aim
from benchmarks.scale import Scale
from benchmarks.timing import OURS, PEER, Samples
from benchmarks.workspace import Workspace
from quizkorea.core.schedule import LogKind, LogRow, Rating, Schedule
from quizkorea.core.scheduler import Scheduler

NAME = "rebuild"
REVIEWS_OF_A_CARD = 10
CARDS_A_SLICE = 500
LONGEST_GAP = timedelta(days=365)
"""Keeps stability below the bound that ours has, as Anki's engine, and py-fsrs has not."""
_FIRST_DAY = date(2020, 1, 1)
_DAY_MS = 86_400_000
History = tuple[int, Sequence[LogRow]]
"""A card key with its log."""


def run(workspace: Workspace, scale: Scale) -> Section:  # noqa: ARG001 - every section is called alike
    """In slices of cards, both in turn."""
    scheduler, engine = Scheduler(), fsrs.Scheduler(enable_fuzzing=False)
    samples = Samples()
    cards, chance = max(1, scale.reviews // REVIEWS_OF_A_CARD), random.Random(9)
    totals = {OURS: 0.0, PEER: 0.0}
    for first in range(0, cards, CARDS_A_SLICE):
        keys = range(first, min(cards, first + CARDS_A_SLICE))
        histories = [(key, _history(scheduler, key, chance)) for key in keys]
        one = Samples()
        states = one.time(OURS, lambda histories=histories: _ours(scheduler, histories))
        replayed = one.time(PEER, lambda histories=histories: _plain(engine, histories))
        _assert_alike(states, replayed)
        totals = {name: total + (one.p50_ms(name) or 0.0) for name, total in totals.items()}
    for name, total in totals.items():
        samples.add(name, total / 1000)
    what = f"all states from a log of {cards * REVIEWS_OF_A_CARD:,} reviews of {cards:,} cards"
    figure = Figure(what, samples.p50_ms(OURS), samples.p50_ms(PEER), None, (peer_aim(0.08),))
    return Section(NAME, "a plain py-fsrs replay of the same reviews", "none", (figure,), _NOTES)


_NOTES = ("The aim can only be reached with another engine; with py-fsrs inside, 1x is the least.",)


def _history(scheduler: Scheduler, key: int, chance: random.Random) -> list[LogRow]:
    """Reviews as they would have been given, each on the day on which the card was due, or a little later."""
    rows: list[LogRow] = []
    schedule, day, at_ms = Schedule(), _FIRST_DAY, 1_577_880_000_000 + key
    for _ in range(REVIEWS_OF_A_CARD):
        rating = chance.choices((Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY), (1, 1, 5, 1))[0]
        schedule = scheduler.review(schedule, rating, now_ms=at_ms, today=day, card_key=key).schedule
        rows.append(_row(key, at_ms, day, rating, schedule))
        if schedule.due_day is not None:
            later = min(schedule.due_day, day + LONGEST_GAP) + timedelta(days=chance.randint(0, 3))
            at_ms += (later - day).days * _DAY_MS
            day = later
        else:
            at_ms += 600_000
    return rows


def _row(key: int, at_ms: int, day: date, rating: Rating, schedule: Schedule) -> LogRow:
    return LogRow(
        id=at_ms,
        card_key=key,
        kind=LogKind.REVIEW,
        study_day=day,
        state=schedule.state,
        rating=rating,
        duration_ms=4_000,
        step=schedule.step,
        stability=schedule.stability,
        difficulty=schedule.difficulty,
        due_day=schedule.due_day,
        due_ms=schedule.due_ms,
    )


def _ours(scheduler: Scheduler, histories: Sequence[History]) -> list[Schedule]:
    return [scheduler.state_from_log(rows, key) for key, rows in histories]


def _plain(engine: fsrs.Scheduler, histories: Sequence[History]) -> list[fsrs.Card]:
    cards = []
    for key, rows in histories:
        card = fsrs.Card(card_id=key)
        for row in rows:
            assert row.rating is not None
            day = row.study_day
            at = datetime(day.year, day.month, day.day, tzinfo=UTC)
            card, _ = engine.review_card(card, fsrs.Rating(int(row.rating)), at)
        cards.append(card)
    return cards


def _assert_alike(states: Sequence[Schedule], cards: Sequence[fsrs.Card]) -> None:
    for state, card in zip(states, cards, strict=True):
        assert state.stability is not None
        assert card.stability is not None
        assert abs(state.stability / card.stability - 1) < 1e-4
        assert int(state.state) == int(card.state)
