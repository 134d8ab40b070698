"""A signal in the middle of the first sync of a big folder, or of a session: all or nothing, and said."""

from __future__ import annotations

import select
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from builders import Desk, facts

if TYPE_CHECKING:
    from faults.conftest import Ended, Program, Scene

TO_END = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
CONTENT = (
    "SELECT path, slug, title, summary, course_order, tags, was, bibliography, file_stamp, problem FROM deck "
    "ORDER BY path",
    "SELECT d.path, n.note_id, n.position, n.line, n.type, n.tags, n.content, n.accepted "
    "FROM note n JOIN deck d ON d.id = n.deck_id ORDER BY d.path, n.position",
    "SELECT d.path, g.position, n.note_id, c.name, c.guid, c.ord FROM given_card g JOIN deck d ON d.id = g.deck_id "
    "JOIN note n ON n.id = g.note_row JOIN card c ON c.key = g.card_key ORDER BY d.path, g.position",
)


def content_of(store: Path) -> list[object]:
    """What a store holds of the decks, without its own numbers and the times of reading."""
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [connection.execute(sql).fetchall() for sql in CONTENT]


@dataclass
class Course:
    """A big folder of decks, and what an undisturbed load of it gives."""

    decks: Path
    counted: str = ""
    content: tuple[object, ...] = ()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Five decks of two thousand facts each."""
    desk = Desk(tmp_path_factory.mktemp("course"))
    for number in range(5):
        desk.write(f"d{number}", *facts(2_000))
    return Course(desk.decks)


@pytest.fixture
def big_scene(scene: Scene, course: Course) -> Scene:
    """A scene over the big folder; the first one loads it undisturbed."""
    scene.desk.decks = course.decks
    if not course.counted:
        counted = scene.run("due", "--json")
        assert (counted.code, counted.err) == (0, "")
        course.counted, course.content = counted.out, tuple(content_of(scene.store))
        for path in scene.home.iterdir():
            path.unlink()
    return scene


def log_size(store: Path) -> int:
    """Bytes in the log that goes before the store."""
    log = store.with_name(f"{store.name}-wal")
    return log.stat().st_size if log.exists() else 0


def as_the_store_appears(scene: Scene, program: Program) -> None:
    program.wait_while(lambda: not scene.store.exists())


def as_the_tables_are_there(scene: Scene, program: Program) -> None:
    program.wait_while(lambda: log_size(scene.store) < 100_000)


def at_any_moment(scene: Scene, program: Program) -> None:
    as_the_store_appears(scene, program)
    select.select([program.process.stdout], [], [], 0.6 * Random(program.process.pid).random())


def as_the_content_arrives(scene: Scene, program: Program) -> None:
    as_the_tables_are_there(scene, program)
    tables = log_size(scene.store)
    program.wait_while(lambda: log_size(scene.store) <= tables)


MOMENTS = [as_the_store_appears, as_the_tables_are_there, at_any_moment, as_the_content_arrives]


def check_interrupted(ended: Ended) -> None:
    """One sentence and 130. Python may die of the interrupt that it has handled; to a shell that is 130 as well."""
    lines = [line for line in ended.err.splitlines() if line]
    assert len(lines) == 1, ended.err
    assert "nterrupted" in lines[0]
    assert ended.code in (130, -signal.SIGINT)


@pytest.mark.parametrize(
    ("number", "moment"),
    [
        *((number, moment) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL) for moment in MOMENTS),
        (signal.SIGHUP, at_any_moment),
    ],
)
def test_a_first_sync_that_is_broken_off_leaves_nothing_half_done(
    big_scene: Scene, course: Course, number: signal.Signals, moment: Callable[[Scene, Program], None]
) -> None:
    program = big_scene.start("due", "--json")
    moment(big_scene, program)
    program.process.send_signal(number)
    ended = program.finish()
    if not ended.out and number != signal.SIGKILL:  # else it was done before
        check_interrupted(ended)
    after = big_scene.run("due", "--json")
    assert (after.code, after.err, after.out) == (0, "", course.counted)
    assert content_of(big_scene.store) == list(course.content)


@pytest.mark.parametrize("number", TO_END)
def test_a_session_that_is_broken_off_keeps_its_answers_and_says_so(scene: Scene, number: signal.Signals) -> None:
    program = scene.lay_out().start_studying(answers=3)
    program.process.send_signal(number)
    ended = program.finish()
    check_interrupted(ended)
    assert "saved" in ended.err
    scene.check_kept(3)
