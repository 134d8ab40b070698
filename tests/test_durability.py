"""An answer is on disk before the next card is shown: what the live connection promises, and what the system was asked.

SQLite's promise is read from the connection that the program really uses; that it is kept is seen in a trace of system
calls: between an answer and whatever is printed next, the write-ahead log is written and then synced.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders import Desk, facts, rate, take
from quizkorea.core.schedule import Rating
from quizkorea.store.records import open_engine
from quizkorea.trainer.facade import Trainer

ANSWERS = 18
PATIENCE_SECONDS = 60
FULL = 2


def synchronous(trainer: Trainer) -> int:
    return int(trainer.store.connection.execute("PRAGMA synchronous").fetchone()[0])


def test_the_live_connection_syncs_in_full_at_every_moment_of_a_session(desk: Desk) -> None:
    desk.write("d", *facts(3))
    with desk.trainer() as trainer:
        assert synchronous(trainer) == FULL
        session = trainer.study()
        take(session)
        rate(session, Rating.EASY)
        assert synchronous(trainer) == FULL
        desk.write("d", *facts(4))
        trainer.sync()
        take(session)
        session.bury()
        session.undo()
        assert synchronous(trainer) == FULL
        assert trainer.store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_unhurried_connections_sync_in_full_too(desk: Desk) -> None:
    desk.write("d", *facts(1))
    desk.trainer().close()
    engine = open_engine(desk.home.store)
    with closing(engine.raw_connection()) as connection:
        assert connection.cursor().execute("PRAGMA synchronous").fetchone() == (FULL,)
    engine.dispose()


@dataclass(frozen=True)
class Call:
    """A system call of the program: what it did, to which file, with which text."""

    name: str
    path: str
    text: str


CALL = re.compile(r"^(?:\d+ +)?(\w+)\((\d+)<([^>]*)>(?:, \"((?:[^\"\\]|\\.)*)\")?")


@pytest.fixture
def traced(desk: Desk, tmp_path: Path) -> Callable[[str], list[Call]]:
    """Run `study --plain` with some input under strace; the calls that write and sync, in order."""
    tracer = shutil.which("strace")
    if tracer is None:
        pytest.skip("strace is not installed")
    tried = subprocess.run([tracer, "-o", os.devnull, "true"], capture_output=True, timeout=PATIENCE_SECONDS)
    if tried.returncode:
        pytest.skip(f"strace may not trace here: {tried.stderr.decode(errors='replace').strip()}")

    def run(typed: str) -> list[Call]:
        trace = tmp_path / "trace"
        watched = "trace=write,pwrite64,fsync,fdatasync"
        program = [sys.executable, "-m", "quizkorea", "study", "--plain"]
        env = os.environ | {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)}
        subprocess.run(
            [tracer, "-f", "-y", "-s", "400", "-e", watched, "-o", str(trace), *program],
            input=typed.encode(),
            capture_output=True,
            env=env,
            check=True,
            timeout=PATIENCE_SECONDS,
        )
        matches = map(CALL.match, trace.read_text(encoding="utf-8", errors="replace").splitlines())
        return [Call(match[1], match[3], match[4] or "") for match in matches if match]

    return run


QUESTION = re.compile(r"\[\d+ done, \d+ left\]")


def between_cards(calls: list[Call]) -> list[list[Call]]:
    """The calls between the prompt at which a learner acts and the question that is shown next, a list each."""
    said = [(at, call.text) for at, call in enumerate(calls) if call.name == "write"]
    questions = [at for at, text in said if QUESTION.search(text)]
    prompts = [at for at, text in said if text.endswith("> ")]
    return [calls[max(at for at in prompts if at < question) : question] for question in questions[1:]]


def is_synced(calls: list[Call]) -> bool:
    """Whether the write-ahead log was written, and synced after the last write."""
    names = [call.name for call in calls if call.path.endswith(".db-wal")]
    return "pwrite64" in names and names[-1] in ("fsync", "fdatasync")


def test_a_trace_shows_a_sync_between_each_answer_and_the_next_card(
    desk: Desk, traced: Callable[[str], list[Call]]
) -> None:
    desk.write("d", *facts(ANSWERS + 2))
    desk.trainer().close()
    gaps = between_cards(traced("\n4\n" * ANSWERS))
    assert len(gaps) == ANSWERS
    assert [is_synced(gap) for gap in gaps] == [True] * ANSWERS


def test_a_trace_shows_a_sync_for_each_mark_and_each_undo(desk: Desk, traced: Callable[[str], list[Call]]) -> None:
    desk.write("d", *facts(5))
    desk.trainer().close()
    gaps = between_cards(traced("\n1\nu\ns\nu\nb\nu\n"))
    assert [is_synced(gap) for gap in gaps] == [True] * 6
