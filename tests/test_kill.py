"""`kill -9` at any moment costs nothing: every acknowledged answer is in the log, once."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from builders import Desk, facts

KILLS = int(os.environ.get("QUIZKOREA_KILLS", "12"))
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")


def study_until_killed(desk: Desk, random: Random) -> int:
    """Answer cards as fast as they come, kill the program at a random moment; the answers it acknowledged."""
    env = os.environ | {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)}
    with subprocess.Popen(
        [sys.executable, "-m", "quizkorea", "study", "--plain"], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdin
        assert program.stdout
        program.stdin.write(b"\n4\n" * 60)
        program.stdin.close()
        seen = bytearray()
        wanted = random.randint(1, 12_000)
        while len(seen) < wanted and (piece := program.stdout.read1(random.randint(1, 400))):
            seen += piece
        program.send_signal(signal.SIGKILL)
        seen += program.stdout.read()
    # a card that is shown says how many answers came before it: so many were acknowledged
    done = re.findall(rb"\[(\d+) done, \d+ left\]", bytes(seen))
    return int(done[-1]) if done else 0


def rows_in(store: Path) -> list[tuple[int, int]]:
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return connection.execute("SELECT id, card_key FROM review_log ORDER BY id").fetchall()


def test_a_killed_session_loses_no_answer_and_doubles_none(desk: Desk) -> None:
    desk.home.folder.mkdir(parents=True)
    desk.home.config.write_text("new_per_day = 9999\n")
    desk.write("d", *facts(60 * KILLS + 60))
    random, kept = Random(os.getpid()), 0
    for _ in range(KILLS):
        acknowledged = study_until_killed(desk, random)
        rows = rows_in(desk.home.store) if desk.home.store.exists() else []
        assert kept + acknowledged <= len(rows) <= kept + acknowledged + 1
        kept = len(rows)
    rows = rows_in(desk.home.store)
    assert len({key for _, key in rows}) == len(rows) == kept > KILLS
    trainer = desk.trainer()
    for key in {key for _, key in rows}:
        card = trainer.store.card(key)
        assert card is not None
        assert trainer.scheduler.state_from_log(trainer.store.log(key), key) == card.schedule
