"""Freezes what a released version leaves on a learner's disk: `python tests/releases/freeze.py`.

It makes `tests/releases/VERSION/` with a home (store, settings), the decks, and `expected.json`: all that must still be
there when a later version opens a copy of it. Run it once, for the version that is being released; a frozen folder is
never made anew.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent.parent
sys.path.insert(0, str(TESTS))

from builders import HandClock, deck_text, fact, two_way  # noqa: E402
from quizkorea import __version__  # noqa: E402
from quizkorea.core.faces import AnswerKind  # noqa: E402
from quizkorea.core.schedule import Rating  # noqa: E402
from quizkorea.trainer.facade import Trainer  # noqa: E402
from quizkorea.trainer.folders import Home  # noqa: E402
from quizkorea.trainer.settings import read_settings  # noqa: E402
from quizkorea.trainer.studying import StudySession  # noqa: E402

CONFIG = """# The settings of a learner who has been here for a while.
desired_retention = 0.92
new_per_day = 12
rollover_hour = 3
theme = "quizkorea-light"

[keys]
undo = "u,ctrl+z,backspace"
"""
RATINGS = (Rating.GOOD, Rating.AGAIN, Rating.EASY, Rating.HARD, Rating.GOOD, Rating.GOOD)

TABLES = ("review_log", "card_state", "card_mark", "draft", "answer_text", "mark_log")


def snapshot(store: Path) -> dict[str, Any]:
    """What belongs to the learner, by table; cards by key and name."""
    with closing(sqlite3.connect(store)) as connection:
        connection.row_factory = sqlite3.Row
        found: dict[str, Any] = {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")] for table in TABLES
        }
        cards = connection.execute("SELECT key, name, guid, ord, merged_into, discarded_at FROM card ORDER BY key")
        return found | {"card": [dict(row) for row in cards]}


def answer(session: StudySession, number: int) -> None:
    """Answer the card on screen; every fifth answer is taken back and given again."""
    shown = session.current
    assert shown is not None
    text = f"A long answer, number {number}." if shown.face.kind is AnswerKind.ESSAY else None
    rating = RATINGS[number % len(RATINGS)]
    session.rate(session.outcomes()[rating], "right" if rating > 1 else "wrong", number % 3 or None, text)
    if number % 5 == 0:
        session.undo()
        session.rate(session.outcomes()[Rating.GOOD], None, None, text)


def study_day(trainer: Trainer, hand: HandClock, first: int) -> int:
    """A session to its end, with a mark now and then; the number of the next answer."""
    session, number = trainer.study(), first
    while (shown := session.next()) is not None:
        hand.forward(seconds=20)
        if number % 11 == 3:
            session.flag("Is this the right year?")
        if number % 29 == 7 and shown.face.kind is not AnswerKind.ESSAY:
            session.bury()
        elif number % 41 == 9 and shown.face.kind is not AnswerKind.ESSAY:
            session.suspend()
        else:
            answer(session, number)
        number += 1
    return number


def live(home: Home, decks: Path) -> None:
    """Some weeks of a learner's life with the program."""
    hand = HandClock(datetime(2026, 3, 2, 19, 30, tzinfo=UTC))
    own = decks / "own.yaml"
    number = 1
    for day in range(24):
        notes = (
            [two_way("a"), fact("b"), fact("c"), fact("e")] if day < 9 else [two_way("a"), fact("c", more="was: [b]")]
        )
        own.write_text(deck_text("own", *notes), encoding="utf-8")
        with Trainer(home, [decks], read_settings(home.config), hand.clock()) as trainer:
            number = study_day(trainer, hand, number)
            if day == 20:
                trainer.cards.reset(["own/a#main"])
                trainer.cards.set_due(["own/a#reverse"], date(2026, 6, 1))
                trainer.orphans.delete(trainer.orphans.choose(["own/e"]), trainer.clock.now_ms())
                (essay,) = trainer.store.connection.execute("SELECT max(card_key) FROM answer_text").fetchone()
                assert essay is not None
                trainer.store.save_draft(essay, "An unfinished thought", trainer.clock.now_ms())
        hand.now += timedelta(days=1)


def main() -> None:
    """Freeze today's version."""
    folder = TESTS / "releases" / __version__
    if folder.exists():
        sys.exit(f"{folder.name} is frozen already; a released version is never frozen anew.")
    home = Home(folder / "home")
    home.folder.mkdir(parents=True)
    home.config.write_text(CONFIG, encoding="utf-8")
    shutil.copytree(TESTS / "data" / "example", folder / "decks")
    live(home, folder / "decks")
    shutil.rmtree(home.backups, ignore_errors=True)
    with closing(sqlite3.connect(home.store)) as connection:
        connection.execute("UPDATE deck SET path = replace(path, ?, ''), folder = ''", (f"{folder / 'decks'}/",))
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")
    expected = json.dumps(snapshot(home.store), ensure_ascii=False, indent=0, sort_keys=True)
    (folder / "expected.json").write_text(expected + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
