"""Our side: homes whose decks are loaded by the program itself, and whose cards have been studied for a while."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.scale import due_of
from quizkorea.core.schedule import LogKind, LogRow, Rating, Schedule, State
from quizkorea.core.study_day import instant_ms
from quizkorea.store import hot
from quizkorea.store.rows import log_row, state_row
from quizkorea.trainer.clock import system_clock
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.folders import Home
from quizkorea.trainer.settings import Settings

STUDIED_SHARE = 0.6
REVIEWS_OF_A_CARD = 4
LIFTED = 9_999


@dataclass(frozen=True, slots=True)
class OurHome:
    """A home and its folder of decks."""

    folder: Path
    decks: Path

    def trainer(self, settings: Settings | None = None) -> Trainer:
        """A trainer over both, on the real clock, not yet open."""
        return Trainer(Home(self.folder), [self.decks], settings or Settings(), system_clock())

    @property
    def environment(self) -> dict[str, str]:
        """What tells a process of its own where to look."""
        return {"QUIZKOREA_HOME": str(self.folder), "QUIZKOREA_DECKS": str(self.decks)}


def lifted_limits(new: int = 0) -> Settings:
    """No cap on reviews, so that a run can answer as many as it needs."""
    return Settings(new_per_day=new, reviews_per_day=LIFTED)


def log_rows(trainer: Trainer) -> int:
    """How many reviews the store holds."""
    return int(trainer.store.connection.execute("SELECT count(*) FROM review_log").fetchone()[0])


def reviews_in(home: OurHome) -> int:
    """How many reviews a store holds that nobody here has open."""
    with closing(sqlite3.connect(home.folder / "quizkorea.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM review_log").fetchone()[0])


def synchronous(trainer: Trainer) -> int:
    """What the live connection says of its commits; 2 is FULL, safe against loss of power."""
    return int(trainer.store.connection.execute("PRAGMA synchronous").fetchone()[0])


def give_history(trainer: Trainer, size: int) -> None:
    """Give 60 % of the cards a schedule and a log; `due_of(size)` of them are due."""
    keys = _studied_keys(trainer, size)
    due = set(due_keys(keys, size))
    schedules = {key: _schedule(key, trainer.today, key in due) for key in keys}
    with trainer.store.transaction() as connection:
        connection.executemany(hot.WRITE_STATE, [state_row(key, schedule) for key, schedule in schedules.items()])
        connection.executemany(hot.INSERT_LOG, _log(schedules))


def make_due_again(trainer: Trainer, size: int) -> None:
    """Put the cards that were due at first back to where they stood."""
    due = due_keys(_studied_keys(trainer, size), size)
    with trainer.store.transaction() as connection:
        connection.executemany(hot.WRITE_STATE, [state_row(key, _schedule(key, trainer.today, True)) for key in due])


def due_keys(keys: Sequence[int], size: int) -> list[int]:
    """Which of the studied cards are due: always the same ones, from all decks."""
    return random.Random(size).sample(list(keys), due_of(size))


def _studied_keys(trainer: Trainer, size: int) -> list[int]:
    rows = trainer.store.connection.execute("SELECT card_key FROM given_card ORDER BY deck_id, position").fetchall()
    return random.Random(1).sample([row[0] for row in rows], int(size * STUDIED_SHARE))


def _schedule(key: int, today: date, is_due: bool) -> Schedule:
    chance = random.Random(key)
    interval = chance.randint(5, 90)
    due_day = today - timedelta(days=chance.randint(0, 3)) if is_due else today + timedelta(days=chance.randint(1, 60))
    last_day = min(due_day - timedelta(days=interval), today - timedelta(days=1))
    return Schedule(
        state=State.REVIEW,
        stability=chance.uniform(1, 90),
        difficulty=chance.uniform(1, 10),
        due_day=due_day,
        last_day=last_day,
        last_ms=_noon_ms(last_day),
        reviews=REVIEWS_OF_A_CARD,
    )


def _noon_ms(day: date) -> int:
    return instant_ms(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def _log(schedules: dict[int, Schedule]) -> list[Sequence[object]]:
    rows = []
    for at, (key, schedule) in enumerate(schedules.items()):
        assert schedule.last_day is not None
        for back in range(REVIEWS_OF_A_CARD):
            day = schedule.last_day - timedelta(days=30 * back)
            rows.append(
                LogRow(
                    id=_noon_ms(day) + at,
                    card_key=key,
                    kind=LogKind.REVIEW,
                    study_day=day,
                    state=State.REVIEW,
                    rating=Rating.GOOD,
                    duration_ms=4_000,
                    stability=schedule.stability,
                    difficulty=schedule.difficulty,
                    due_day=day + timedelta(days=30),
                )
            )
    return [log_row(row) for row in rows]
