"""Two programs on one store: nothing locked, nothing lost, nothing doubled, and each takes back only its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import Desk, fact, facts
from quizkorea.core.errors import AnsweredElsewhere, ChangedElsewhere
from quizkorea.core.schedule import Rating
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.studying import StudySession
from test_kill import assert_states_follow_from_the_log

PATIENCE_SECONDS = 60
ANSWERS = 1_000

# --- two processes ------------------------------------------------------------------------------------------------

FRONT_END = """
import json, os, random, sys
from quizkorea.core.errors import AnsweredElsewhere
from quizkorea.core.schedule import Rating, State
from quizkorea.core.session import Limits
from quizkorea.trainer.facade import Trainer

wanted, chance = int(sys.argv[1]), random.Random(int(sys.argv[2]))
answered, started, elsewhere = [], [], 0
sys.stdin.readline()
with Trainer.from_environment(os.environ, None, (), None) as trainer:
    while len(answered) < wanted:
        session = trainer.study(limits=Limits(cards=min(50, wanted - len(answered))))
        shown = session.next()
        assert shown is not None, "nothing is left to study"
        while shown is not None:
            rating = Rating(chance.choices((1, 2, 3, 4), (60, 15, 20, 5))[0])
            try:
                session.rate(session.outcomes()[rating])
            except AnsweredElsewhere:
                elsewhere += 1
            else:
                answered.append((shown.key, int(rating)))
                if shown.schedule.state == State.NEW:
                    started.append(shown.key)
            shown = session.next()
print(json.dumps({"answered": answered, "started": started, "elsewhere": elsewhere}))
"""


@contextmanager
def two_programs(desk: Desk, script: str, *arguments: list[str]) -> Iterator[list[subprocess.Popen[str]]]:
    """Processes over one home and its decks that begin when a line is written to them; all are gone afterwards."""
    env = os.environ | {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)}
    with ExitStack() as stack:
        programs = []
        for given_to_it in arguments:
            program = subprocess.Popen(
                [sys.executable, "-c", script, *given_to_it],
                env=env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(program)
            stack.callback(program.kill)
            programs.append(program)
        yield programs


def finished(program: subprocess.Popen[str]) -> str:
    """What a program printed; it must have ended well."""
    out, err = program.communicate("begin\n", timeout=PATIENCE_SECONDS)
    assert (program.returncode, err) == (0, "")
    return out


def all_finished(programs: list[subprocess.Popen[str]]) -> list[str]:
    """What the programs printed that began together."""
    for program in programs:
        assert program.stdin
        program.stdin.write("begin\n")
        program.stdin.flush()
    return [finished(program) for program in programs]


def test_a_thousand_answers_each_from_two_programs_are_all_there_once(desk: Desk) -> None:
    desk.home.folder.mkdir(parents=True)
    desk.home.config.write_text("new_per_day = 9999\nreviews_per_day = 9999\n")
    for slug in ("d", "e", "f"):
        desk.write(slug, *facts(200))
    with two_programs(desk, FRONT_END, [str(ANSWERS), "1"], [str(ANSWERS), "2"]) as programs:
        said = [json.loads(text) for text in all_finished(programs)]
    assert [len(one["answered"]) for one in said] == [ANSWERS, ANSWERS]
    acknowledged = Counter((key, rating) for one in said for key, rating in one["answered"])
    with desk.trainer() as trainer:
        rows = trainer.store.connection.execute("SELECT card_key, rating FROM review_log").fetchall()
        assert Counter(rows) == acknowledged
        started = [key for one in said for key in one["started"]]
        assert len(started) == len(set(started)) == len({key for key, _ in rows})
        assert_states_follow_from_the_log(trainer)
        assert trainer.store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert trainer.store.connection.execute("SELECT sum(revision) FROM card_state").fetchone() == (2 * ANSWERS,)
    assert sum(one["elsewhere"] for one in said) > 0, "the two never met, so this test has shown nothing"


FIRST_START = """
import os, sys
from quizkorea.trainer.facade import Trainer

sys.stdin.readline()
with Trainer.from_environment(os.environ, None, (), None) as trainer:
    print(trainer.overview().new)
"""


def test_four_programs_that_make_one_store_at_the_same_time_all_find_it_whole(desk: Desk) -> None:
    desk.write("d", *facts(50))
    with two_programs(desk, FIRST_START, [], [], [], []) as programs:
        assert all_finished(programs) == ["20\n"] * 4
    with closing(sqlite3.connect(desk.home.store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*), max(key) FROM card").fetchone() == (50, 50)
        assert connection.execute("SELECT count(*) FROM meta").fetchone() == (1,)


# --- two programs and one card ------------------------------------------------------------------------------------


def log_of(trainer: Trainer) -> dict[int, tuple[object, ...]]:
    """Row id -> the row, of the whole log."""
    kept = "id, card_key, kind, study_day, rating, duration_ms, state, step, stability, difficulty, due_day, due_ms"
    return {row[0]: row for row in trainer.store.connection.execute(f"SELECT {kept}, undone_at FROM review_log")}


def live_rows(trainer: Trainer) -> set[int]:
    """The ids of the rows that are not undone."""
    return {row_id for row_id, row in log_of(trainer).items() if row[-1] is None}


def revision(trainer: Trainer) -> int:
    """The revision of the only card; 0 before its first answer."""
    row = trainer.store.connection.execute("SELECT revision FROM card_state").fetchone()
    return int(row[0]) if row else 0


@dataclass
class Player:
    """One of two programs that show, answer and undo the same card."""

    trainer: Trainer
    session: StudySession = field(init=False)
    shown: set[int] | None = None
    """The live rows at the time when the card came on screen; None while it is not there."""

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A new session: what was done before can no longer be taken back."""
        self.session, self.shown = self.trainer.study(), None

    def show(self) -> None:
        """Put the card on screen, if it is due."""
        if self.shown is None and self.session.next() is not None:
            self.shown = live_rows(self.trainer)

    def rate(self, rating: Rating) -> None:
        """Answer; it counts unless the card was answered elsewhere since it was shown."""
        if self.shown is None:
            return
        before = log_of(self.trainer)
        was_answered = bool(live_rows(self.trainer) - self.shown)
        self.shown = None
        try:
            self.session.rate(self.session.outcomes()[rating])
        except AnsweredElsewhere:
            assert was_answered
            assert log_of(self.trainer) == before
        else:
            assert not was_answered
            assert len(log_of(self.trainer)) == len(before) + 1

    def undo(self) -> None:
        """Take the newest action back; an answer only while its row is the newest that is live."""
        if not self.session.can_undo:
            assert self.session.undo() is None
            return
        before, newest = log_of(self.trainer), max(live_rows(self.trainer), default=None)
        action = self.session._queue.actions[-1]
        try:
            shown = self.session.undo()
        except ChangedElsewhere:
            assert action.kind != "answer" or action.row != newest
            assert log_of(self.trainer) == before
            return
        self.shown = None if shown is None else live_rows(self.trainer)
        changed = {row_id for row_id, row in log_of(self.trainer).items() if row != before[row_id]}
        assert changed == ({newest} if action.kind == "answer" else set())
        assert action.kind != "answer" or action.row == newest

    def bury(self) -> None:
        """Set the card aside, which is no change of its schedule."""
        if self.shown is not None:
            self.session.bury()
            self.shown = None


WHO = st.integers(0, 1)
STEPS = st.one_of(
    st.tuples(st.just("show"), WHO),
    st.tuples(st.just("rate"), WHO, st.sampled_from(Rating)),
    st.tuples(st.just("undo"), WHO),
    st.tuples(st.sampled_from(["begin", "bury"]), WHO),
    st.tuples(st.just("wait"), st.sampled_from([0, 1, 61, 700, 86_400, 900_000, -3_600])),
)


def take_step(players: list[Player], desk: Desk, step: tuple[object, ...]) -> None:
    verb, *more = step
    if verb == "wait":
        desk.hand.forward(seconds=more[0])  # type: ignore[arg-type]
    else:
        getattr(players[more[0]], str(verb))(*more[1:])  # type: ignore[call-overload]


def assert_history_is_kept(before: dict[int, tuple[object, ...]], after: dict[int, tuple[object, ...]]) -> None:
    """No row has gone, none has changed, none that was undone is live again."""
    assert set(before) <= set(after)
    for row_id, row in before.items():
        assert after[row_id][:-1] == row[:-1]
        assert row[-1] is None or after[row_id][-1] == row[-1]


@settings(max_examples=60)
@given(st.lists(STEPS, min_size=4, max_size=40))
def test_two_programs_that_answer_and_undo_one_card_keep_every_promise(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as root, ExitStack() as stack:
        desk = Desk(Path(root) / "desk")
        desk.write("d", fact("n1"))
        stack.callback(desk.close)
        players = [Player(desk.trainer()), Player(desk.trainer())]
        here = players[0].trainer
        rows, number = log_of(here), revision(here)
        for step in steps:
            take_step(players, desk, step)
            assert_history_is_kept(rows, log_of(here))
            assert revision(here) == number + (log_of(here) != rows)
            assert_states_follow_from_the_log(here)
            rows, number = log_of(here), revision(here)


def test_an_answer_given_elsewhere_is_seen_though_the_clock_was_set_back(desk: Desk) -> None:
    desk.write("d", fact("n1"))
    here, there = Player(desk.trainer()), Player(desk.trainer())
    there.show()
    there.rate(Rating.AGAIN)
    here.begin()
    here.show()
    desk.hand.forward(hours=-1)
    there.undo()
    there.rate(Rating.AGAIN)
    here.rate(Rating.AGAIN)
    assert len(live_rows(there.trainer)) == 1


@pytest.mark.parametrize("moment", range(1, 13))
def test_an_answer_given_elsewhere_while_a_card_is_being_read_is_not_doubled(desk: Desk, moment: int) -> None:
    desk.write("d", *facts(2))
    here, there = desk.trainer(), desk.trainer()
    mine, theirs = here.study(), there.study()
    theirs.next()
    statements = 0

    def answer_elsewhere(_: str) -> None:
        nonlocal statements
        statements += 1
        if statements == moment:
            theirs.rate(theirs.outcomes()[Rating.EASY])

    here.store.connection.set_trace_callback(answer_elsewhere)
    shown = mine.next()
    here.store.connection.set_trace_callback(None)
    assert shown is not None
    if shown.name == "d/n1#main" and statements >= moment:
        with pytest.raises(AnsweredElsewhere):
            mine.rate(mine.outcomes()[Rating.EASY])
    assert len(here.store.log(1)) == (statements >= moment)
