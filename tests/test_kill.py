"""`kill -9` at any moment costs nothing: every acknowledged answer is in the log, once, and the next start goes on.

`QUIZKOREA_KILLS` is the number of kills, `QUIZKOREA_SEED` repeats the moments of a run that failed (as far as two runs
of a machine are alike).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from builders import Desk, fact, facts
from quizkorea.trainer.facade import Trainer

KILLS = int(os.environ.get("QUIZKOREA_KILLS", "12"))
SEED = int(os.environ.get("QUIZKOREA_SEED", os.getpid()))
PATIENCE_SECONDS = 60
UNDO = "u"
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")


@pytest.fixture
def chance() -> Random:
    """Chance that can be had again: its seed stands in the report of a failure."""
    print(f"QUIZKOREA_SEED={SEED}")
    return Random(SEED)


# --- what stands in a store (the tests of other programs use these too) -------------------------------------------


@dataclass(frozen=True)
class Row:
    """A row of the log, with the note that its card is of now."""

    id: int
    note: str
    is_live: bool


def rows_left_in(store: Path, scratch: Path) -> list[Row]:
    """The log of a store that nobody has open, in time order; the store and its write-ahead log stay as they lie there.

    They are looked at in a copy, so that the next start is the one that has to recover them.
    """
    if not store.exists():
        return []
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for part in (store, store.with_name(f"{store.name}-wal")):
        if part.exists():
            shutil.copy(part, scratch)
    with closing(sqlite3.connect(scratch / store.name)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        if not connection.execute("PRAGMA user_version").fetchone()[0]:
            return []
        columns = "r.id, substr(c.note_name, instr(c.note_name, '/') + 1), r.undone_at IS NULL"
        sql = f"SELECT {columns} FROM review_log r JOIN card c ON c.key = r.card_key ORDER BY r.id"
        return [Row(number, note, bool(is_live)) for number, note, is_live in connection.execute(sql)]


def assert_states_follow_from_the_log(trainer: Trainer) -> None:
    """Every card's state is what its live rows give, merged cards included."""
    fetch = trainer.store.connection.execute
    survivors = "SELECT DISTINCT COALESCE(c.merged_into, c.key) FROM review_log r JOIN card c ON c.key = r.card_key"
    stated = {row[0]: row[1:] for row in fetch("SELECT * FROM card_state")}
    answered = {key for (key,) in fetch(survivors)}
    assert answered <= set(stated)
    for key in answered:
        replayed = trainer.scheduler.state_from_log(trainer.store.log(key), key)
        days = [None if day is None else day.isoformat() for day in (replayed.due_day, replayed.last_day)]
        memory = (int(replayed.state), replayed.step, replayed.stability, replayed.difficulty)
        assert stated[key][:-1] == (
            *memory, days[0], replayed.due_ms, days[1], replayed.last_ms, replayed.reviews, replayed.lapses,
        )  # fmt: skip


# --- a program in line mode ---------------------------------------------------------------------------------------


@contextmanager
def studying(desk: Desk, typed: str) -> Iterator[subprocess.Popen[bytes]]:
    """`study --plain` with all its input written; it is dead when the block ends."""
    env = os.environ | {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)}
    program = subprocess.Popen(
        [sys.executable, "-m", "quizkorea", "study", "--plain"],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert program.stdin
        program.stdin.write(typed.encode())
        program.stdin.close()
        yield program
    finally:
        program.kill()
        program.wait(PATIENCE_SECONDS)
        for stream in (program.stdout, program.stderr):
            assert stream
            stream.close()


def wait_until_killed(program: subprocess.Popen[bytes], seconds: float) -> None:
    """Kill a program after some time, unless it has ended before."""
    with suppress(subprocess.TimeoutExpired):
        program.wait(seconds)
    program.kill()


def read_until(program: subprocess.Popen[bytes], is_enough: Callable[[bytes], object], random: Random) -> bytes:
    """Read piece by piece what a program prints, until it is enough or ends."""
    assert program.stdout
    seen = b""
    while not is_enough(seen) and (piece := program.stdout.read1(random.randint(1, 400))):  # type: ignore[attr-defined]
        seen += piece
    return seen


Moment = Callable[["subprocess.Popen[bytes]", Random], bytes]
"""Waits for its moment, kills the program there, and gives what was read so far."""


def while_starting(program: subprocess.Popen[bytes], random: Random) -> bytes:
    """Anywhere between the first instruction and the first answers."""
    wait_until_killed(program, random.uniform(0, 0.6))
    return b""


def while_answering(program: subprocess.Popen[bytes], random: Random) -> bytes:
    """Anywhere in what it prints."""
    wanted = random.randint(1, 9_000)
    return read_until(program, lambda seen: len(seen) >= wanted, random)


def while_leaving(program: subprocess.Popen[bytes], random: Random) -> bytes:
    """After its last words, while it closes the store."""
    seen = read_until(program, lambda seen: b"All saved." in seen or b"No card" in seen, random)
    wait_until_killed(program, random.uniform(0, 0.05))
    return seen


MOMENTS: list[Moment] = [while_starting, while_answering, while_answering, while_answering, while_leaving]


def some_moves(random: Random, count: int = 60) -> list[str]:
    """Ratings, and every eighth time an undo of what this session has answered."""
    moves: list[str] = []
    live = 0
    for _ in range(count):
        move = UNDO if live and random.random() < 0.125 else random.choices("1234", (12, 2, 4, 1))[0]
        live += -1 if move == UNDO else 1
        moves.append(move)
    return moves


def typed_for(moves: Iterable[str]) -> str:
    """What a learner types for these moves, and to leave."""
    return "".join(f"{move}\n" if move == UNDO else f"\n{move}\n" for move in moves) + "q\n"


def questions_in(printed: bytes) -> list[str]:
    """The notes asked, in order; a question that is asked acknowledges all that was done before."""
    asked = re.findall(rb"\[\d+ done, \d+ left\][^\n]*\nWho is (\w+) here", printed)
    return [note.decode() for note in asked]


def log_after(asked: list[str], moves: list[str], done: int) -> list[tuple[str, bool]]:
    """(note, live) of the rows that so many moves write."""
    rows: list[tuple[str, bool]] = []
    for note, move in zip(asked[:done], moves[:done], strict=True):
        if move == UNDO:
            newest = max(at for at, (_, is_live) in enumerate(rows) if is_live)
            rows[newest] = (rows[newest][0], False)
        else:
            rows.append((note, True))
    return rows


def study_until_killed(desk: Desk, moment: Moment, random: Random) -> tuple[list[str], list[str]]:
    """One session, killed at its moment: the notes that it asked, and what the learner did with them."""
    moves = some_moves(random)
    with studying(desk, typed_for(moves)) as program:
        seen = moment(program, random)
        program.send_signal(signal.SIGKILL)
        assert program.stdout
        assert program.stderr
        seen += program.stdout.read()
        assert program.stderr.read() == b""
    assert b"All done" not in seen, "the deck is too small for so many kills"
    return questions_in(seen), moves


def assert_backups_are_whole(folder: Path) -> None:
    """A kill leaves no backup that is half a backup."""
    for path in folder.glob("*.db"):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path


def assert_goes_on(desk: Desk, answers: int) -> None:
    """A session that nobody kills does its work and ends well."""
    with studying(desk, typed_for(["3"] * answers)) as program:
        assert program.stdout
        printed = program.stdout.read()
        assert program.wait(PATIENCE_SECONDS) == 0
    assert f"{answers} answer".encode() in printed


def test_a_killed_session_loses_no_answer_and_doubles_none(desk: Desk, tmp_path: Path, chance: Random) -> None:
    desk.home.folder.mkdir(parents=True)
    desk.home.config.write_text("new_per_day = 9999\nreviews_per_day = 9999\n")
    desk.write("d", *facts(100 + 40 * KILLS))
    kept: list[Row] = []
    for number in range(KILLS):
        if number % 3 == 0:  # so that there is something to sync at the start
            desk.write("e", fact("other", answer=f"edited {number} times"), head="order: 9\n")
        asked, moves = study_until_killed(desk, chance.choice(MOMENTS), chance)
        rows = rows_left_in(desk.home.store, tmp_path / "copy")
        assert rows[: len(kept)] == kept
        written = [(row.note, row.is_live) for row in rows[len(kept) :]]
        acknowledged = max(0, len(asked) - 1)
        # the newest question may have been answered already, without a word of it having come out
        possible = [log_after(asked, moves, done) for done in {acknowledged, min(len(asked), len(moves))}]
        assert written in possible
        kept = rows
    assert len(kept) > KILLS
    assert_goes_on(desk, 3)
    assert len(rows_left_in(desk.home.store, tmp_path / "copy")) == len(kept) + 3
    assert_states_follow_from_the_log(desk.trainer())
    assert_backups_are_whole(desk.home.folder / "backups")


def test_a_first_start_that_is_killed_leaves_a_home_that_the_next_one_can_use(
    make_desk: Callable[..., Desk], tmp_path: Path, chance: Random
) -> None:
    for number in range(max(5, KILLS // 3)):
        desk = make_desk(f"desk{number}")
        desk.write("d", *facts(300))
        with studying(desk, "q\n") as program:
            while_starting(program, chance)
        assert rows_left_in(desk.home.store, tmp_path / "copy") == []
        assert_goes_on(desk, 2)
        assert len(rows_left_in(desk.home.store, tmp_path / "copy")) == 2
        cards = desk.trainer().overview().decks[0].cards
        assert cards == 300
