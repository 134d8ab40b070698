"""The same faults in the real screen: what can be mended keeps its card, what cannot is said below the screen."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from builders import facts

if TYPE_CHECKING:
    from faults.conftest import MakeDisk, OpenScreen, Said, Scene, Screen

resource = pytest.importorskip("resource", reason="this system has no limits for processes")

THE_END = b"The program cannot go on"
SCREEN_ON, SCREEN_OFF = b"\x1b[?1049h", b"\x1b[?1049l"


def study_first_card(screen: Screen) -> None:
    """Rate the first card and reveal the second."""
    screen.read_until(b"Who is n1 here?")
    screen.press(b"\r", b"the n1 person")
    screen.press(b"4", b"Who is n2 here?")
    screen.press(b"\r", b"the n2 person")


def check_stays(scene: Scene, screen: Screen, cure: bytes, mend: Callable[[], object]) -> None:
    """Rating the second card fails, and what to do is said; once it is done, the same key rates the card."""
    before = scene.rows()
    screen.press(b"4", cure)
    assert screen.process.poll() is None
    assert THE_END not in screen.seen
    mend()
    assert scene.rows() == before
    screen.press(b"4", b"Who is n3 here?")
    assert len(scene.rows()) == len(before) + 1
    screen.press(b"\x11")
    assert screen.finish()[0] == 0


def limit_files(screen: Screen, size: int) -> None:
    resource.prlimit(screen.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of another process can be set on Linux only")
def test_a_limit_on_files_keeps_the_card_on_screen_until_there_is_room(scene: Scene, open_screen: OpenScreen) -> None:
    scene.lay_out()
    screen = open_screen("study")
    study_first_card(screen)
    limit_files(screen, 4_096)
    check_stays(scene, screen, b"There is no room", lambda: limit_files(screen, resource.RLIM_INFINITY))
    scene.check_kept(2)


def test_a_full_disk_keeps_the_card_on_screen_until_there_is_room(
    scene: Scene, open_screen: OpenScreen, make_disk: MakeDisk
) -> None:
    disk = make_disk(4_000_000)
    scene.lay_out(home=disk.folder / "home")
    screen = open_screen("study")
    study_first_card(screen)
    disk.fill()
    check_stays(scene, screen, b"There is no room", disk.free)
    scene.check_kept(2)


def test_a_store_that_stays_locked_costs_line_mode_one_answer_and_the_screen_none(
    scene: Scene, said: Said, open_screen: OpenScreen
) -> None:
    scene.lay_out().desk.write("e", *facts(9, "e"))
    screen, program = open_screen("study", "d"), scene.start("study", "--plain", "e")
    study_first_card(screen)
    assert program.read_until("[0 done")
    assert program.answer(2)
    with closing(sqlite3.connect(scene.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        counted = scene.run("due")  # looking changes nothing, so it need not wait
        assert (counted.code, counted.err) == (0, "")
        scene.desk.write("f", *facts(2, "f"))
        syncing = scene.start("due")  # a new deck must be written down
        program.type("\n4\n")

        def wait_and_release() -> None:
            for waiting in (program, syncing):
                said(waiting.finish(), scene.store)
            other.execute("ROLLBACK")

        check_stays(scene, screen, b"Close", wait_and_release)
    scene.check_kept(4)


def deleted(scene: Scene) -> None:
    scene.store.unlink()


def home_deleted(scene: Scene) -> None:
    shutil.rmtree(scene.home)


@pytest.mark.parametrize("harm", [deleted, home_deleted])
def test_a_store_that_has_gone_ends_the_screen_and_says_where_all_of_it_is(
    scene: Scene, open_screen: OpenScreen, harm: Callable[[Scene], None]
) -> None:
    scene.lay_out(home=scene.desk.root / ("longer-than-a-line" * 7) / "home")
    screen = open_screen("study")
    study_first_card(screen)
    harm(scene)
    screen.press(b"4", b"rescued", SCREEN_OFF)
    code, last = screen.finish()
    assert code == 3
    assert "Traceback" not in last
    assert last.count("quizkorea: ") == 1
    (rescued,) = (scene.home / "backups").glob("quizkorea-*-rescued.db")
    assert str(rescued) in last  # in one piece, to be copied
    assert [key for _, key in scene.rows(rescued)] == [1, 2]
    restored = scene.run("restore", str(rescued))
    assert (restored.code, len(scene.rows())) == (0, 2)


@pytest.mark.parametrize("arguments", [["study"], []])
def test_a_disk_without_room_at_the_start_never_takes_the_screen(
    scene: Scene, open_screen: OpenScreen, arguments: list[str]
) -> None:
    scene.lay_out()
    screen = open_screen(*arguments, file_size=0)
    code, last = screen.finish()
    assert code == 3
    assert SCREEN_ON not in screen.seen
    assert last.strip().startswith("quizkorea: ")
    assert "Traceback" not in last
    scene.check_kept(0)
