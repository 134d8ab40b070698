"""`kill -9` of the real screen in a pseudo-terminal: every answer that was acknowledged is in the log, once.

An answer is acknowledged when the question of the next card is painted.
`QUIZKOREA_SCREEN_KILLS` is the number of kills, `QUIZKOREA_SEED` the seed of their moments.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from random import Random

from test_ui_terminal import PATIENCE_SECONDS, Terminal

from builders import Desk, fact
from test_kill import SEED, UNDO, Row, assert_states_follow_from_the_log, chance, log_after, rows_left_in

__all__ = ["chance"]  # a fixture

KILLS = int(os.environ.get("QUIZKOREA_SCREEN_KILLS", "4"))
GUARDED_SECONDS = 0.17
"""A rating this soon after the reveal, and a reveal this soon after the rating, is taken for a slip of the hand."""
LONGEST_SECONDS = 4.0
ENTER, CTRL_S, CTRL_Q = b"\r", b"\x13", b"\x11"
QUESTION = re.compile(rb"Who is (n\d+) here")


def essay(note_id: str) -> str:
    """A note that is answered at length."""
    return (
        f"id: {note_id}\ntype: interpretation\ncontested: false\nquestion: Who is {note_id} here?\n"
        "key_points:\n- text: one\n- text: two\n- text: three\nmodel_answer: A model.\n"
    )


def is_essay(note: str) -> bool:
    return int(note[1:]) % 3 == 2


class TimeUp(Exception):
    """The moment has come at which the program is killed."""


class Learner(Terminal):
    """Somebody who studies at a terminal until the moment of the kill."""

    def __init__(self, desk: Desk, seconds: float) -> None:
        super().__init__(desk, "study")
        self.end_at = time.monotonic() + seconds
        self.read_to = 0
        self.asked: list[str] = []
        self.moves: list[str] = []

    def _read_before(self, moment: float) -> bool:
        """Read a piece of what is painted; False when the moment has come. Raises TimeUp."""
        until = min(moment, self.end_at)
        if select.select([self.end], [], [], max(0.0, until - time.monotonic()))[0]:
            self.seen += os.read(self.end, 65536)
            return True
        if until == self.end_at:
            raise TimeUp
        return False

    def see(self, pattern: bytes | re.Pattern[bytes]) -> re.Match[bytes]:
        """Wait until something is painted. Raises TimeUp."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while (match := re.compile(pattern).search(self.seen, self.read_to)) is None:
            assert self._read_before(give_up), f"{pattern!r} was not painted in {PATIENCE_SECONDS} seconds"
        self.read_to = match.end()
        return match

    def rest(self, seconds: float) -> None:
        """Do nothing but look. Raises TimeUp."""
        moment = time.monotonic() + seconds
        while self._read_before(moment):
            pass

    def press(self, keys: bytes) -> None:
        """Press keys, not sooner than a person would."""
        self.rest(GUARDED_SECONDS)
        os.write(self.end, keys)

    def see_question(self) -> str:
        """Wait for the question of another card than the last. Raises TimeUp."""
        before = self.asked[-1] if self.asked else ""
        while (note := self.see(QUESTION)[1].decode()) == before:
            pass
        self.asked.append(note)
        return note

    def reveal(self, note: str) -> None:
        """Answer the card on screen. Raises TimeUp."""
        if not is_essay(note):
            self.press(ENTER)
            self.see(b"the " + note.encode() + rb"\s+person")
            return
        self.press(b"It was long ago and far away. ")
        self.press(b"Nobody knows." + CTRL_S)
        self.see(b"Key points")
        self.press(ENTER)
        self.see(b"1 Again")  # the ratings, not what leads to them

    def study(self, random: Random, answers: int) -> None:
        """Answer cards, and undo some answers. Raises TimeUp."""
        live = 0
        note = self.see_question()
        for _ in range(answers):
            self.reveal(note)
            move = UNDO if live and random.random() < 0.15 else random.choice("134")
            self.press(move.encode())
            self.moves.append(move)
            live += -1 if move == UNDO else 1
            note = self.see_question()

    def kill(self) -> None:
        """Kill the program, and read what it had painted before."""
        os.kill(self.pid, signal.SIGKILL)
        assert self.finish() in (-signal.SIGKILL, 0)
        if len(self.asked) == len(self.moves):
            self.end_at = 0.0
            with suppress(TimeUp, OSError):
                self.see_question()


def study_until_killed(desk: Desk, random: Random) -> Learner:
    """A session that is killed at some moment: at the start, at a card, or (one in five) when the learner leaves."""
    leaves = random.random() < 0.2
    learner = Learner(desk, 60.0 if leaves else random.uniform(0, LONGEST_SECONDS))
    with suppress(TimeUp):
        learner.study(random, random.randint(1, 3) if leaves else 1_000)
        os.write(learner.end, CTRL_Q)
        learner.end_at = time.monotonic() + random.uniform(0, 0.3)
        with suppress(OSError):  # it may have ended before
            learner.rest(1.0)
    learner.kill()
    return learner


def make_ready(desk: Desk, notes: int) -> None:
    desk.home.folder.mkdir(parents=True)
    desk.home.config.write_text("new_per_day = 9999\nreviews_per_day = 9999\n")
    names = [f"n{number}" for number in range(1, notes + 1)]
    desk.write("d", *[essay(name) if is_essay(name) else fact(name) for name in names])


def test_a_killed_screen_loses_no_answer_and_doubles_none(desk: Desk, tmp_path: Path, chance: Random) -> None:
    make_ready(desk, 20 * KILLS)
    kept: list[Row] = []
    for _ in range(KILLS):
        learner = study_until_killed(desk, chance)
        rows = rows_left_in(desk.home.store, tmp_path / "copy")
        assert rows[: len(kept)] == kept
        written = [(row.note, row.is_live) for row in rows[len(kept) :]]
        acknowledged = max(0, len(learner.asked) - 1)
        assert written in [log_after(learner.asked, learner.moves, done) for done in {acknowledged, len(learner.moves)}]
        kept = rows
    print(f"{KILLS} kills, {len(kept)} answers, {sum(not row.is_live for row in kept)} of them undone")
    last = Learner(desk, 60.0)
    last.study(Random(SEED), 2)
    os.write(last.end, CTRL_Q)
    assert last.finish() == 0
    rows = rows_left_in(desk.home.store, tmp_path / "copy")
    assert [row.id for row in rows[: len(kept)]] == [row.id for row in kept]
    assert len(rows) > len(kept)
    assert_states_follow_from_the_log(desk.trainer())


def drafts_in(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM draft")]


def test_a_long_answer_in_the_making_survives_the_kill(desk: Desk) -> None:
    make_ready(desk, 2)  # the second one is an essay
    learner = Learner(desk, 60.0)
    learner.reveal(learner.see_question())
    learner.press(b"4")
    learner.see_question()
    learner.press(b"Written and not yet submitted.")
    written_at = time.monotonic()
    while drafts_in(desk.home.store) != ["Written and not yet submitted."] and time.monotonic() < written_at + 7:
        learner.rest(0.1)
    learner.kill()
    assert drafts_in(desk.home.store) == ["Written and not yet submitted."]
    again = Learner(desk, 60.0)
    again.see(rb"Written and not yet\s+submitted\.")
    again.press(CTRL_S)
    again.see(b"Key points")
    again.kill()
