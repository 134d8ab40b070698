"""A disk that is full, or fills up: said once, nothing lost, and it goes on as soon as there is room."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders import facts

if TYPE_CHECKING:
    from faults.conftest import MakeDisk, Said, Scene

MEGABYTE = 1_000_000
FAULTY = """
import quizkorea.cli.main as main
def fault(*_):
    raise ZeroDivisionError("oops")
main.Trainer.from_environment = fault
"""


# --- a limit on the size of files: to a program the same as a quota --------------------------------------------------


def test_a_disk_that_fills_up_in_a_session_costs_no_answer_that_was_taken(scene: Scene, said: Said) -> None:
    scene.lay_out(cards=300)
    taken = scene.study(2)
    program = scene.start_studying(file_size=scene.store.stat().st_size + 100_000)
    while program.answer():
        pass
    said(program.finish(), scene.store)
    assert program.acknowledged > 2
    scene.check_kept(taken + program.acknowledged)


@pytest.mark.parametrize("size", [0, 4_096, 20_000, 50_000, 100_000])
def test_a_first_start_that_runs_out_of_room_is_said_and_the_next_one_goes_on(
    scene: Scene, said: Said, size: int
) -> None:
    scene.lay_out(cards=300)
    ended = scene.run("study", "--plain", typed="\n4\n", file_size=size)
    said(ended, scene.store)
    assert ended.out == ""
    scene.check_kept(0)


def test_a_fault_of_ours_is_said_even_where_no_report_of_it_can_be_written(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(FAULTY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=":")
    ended = scene.lay_out().run("due", file_size=0)
    assert ended.code == 3
    assert "Traceback" not in ended.err
    assert ended.err.startswith("quizkorea: a fault of the program, not yours: ZeroDivisionError: oops")


# --- a file system without room --------------------------------------------------------------------------------------


def test_a_file_system_that_fills_up_in_a_session_costs_no_answer_that_was_taken(
    scene: Scene, said: Said, make_disk: MakeDisk
) -> None:
    disk = make_disk(4 * MEGABYTE)
    scene.lay_out(home=disk.folder / "home")
    program = scene.start_studying(answers=5)
    disk.fill()
    while program.answer():
        pass
    said(program.finish(), scene.store)
    disk.free()
    scene.check_kept(program.acknowledged)


@pytest.mark.parametrize("line", ["u", "s", "b", "f"])
def test_a_command_that_finds_the_disk_full_changes_nothing(
    scene: Scene, said: Said, make_disk: MakeDisk, line: str
) -> None:
    disk = make_disk(4 * MEGABYTE)
    scene.lay_out(home=disk.folder / "home")
    program = scene.start_studying(answers=3)
    before = scene.run("due", "--json").out
    disk.fill()
    said(program.finish(f"{line}\n"), scene.store)
    disk.free()
    assert scene.run("due", "--json").out == before
    scene.check_kept(3)


@pytest.mark.parametrize("pages", [0, 2, 5, 20, 40])
def test_a_first_start_on_a_full_file_system_is_said_and_the_next_one_goes_on(
    scene: Scene, said: Said, make_disk: MakeDisk, pages: int
) -> None:
    disk = make_disk(4 * MEGABYTE)
    scene.lay_out(cards=300, home=disk.folder / "home")
    disk.fill(leave=pages * 4096)
    ended = scene.run("study", "--plain", typed="\n4\n")
    said(ended, scene.store)
    assert ended.out == ""
    disk.free()
    scene.check_kept(0)


def test_a_first_load_that_does_not_fit_is_taken_back_whole(scene: Scene, said: Said, make_disk: MakeDisk) -> None:
    disk = make_disk(6 * MEGABYTE)
    scene.lay_out(home=disk.folder / "home")
    for number in range(5):
        scene.desk.write(f"big{number}", *facts(1_000, f"b{number}x"))
    disk.fill(leave=MEGABYTE)
    for _ in range(2):
        said(scene.run("due"), scene.store)
    disk.free()
    found = json.loads(scene.run("due", "--json").out)
    assert [deck["cards"] for deck in found["decks"]] == [*[1_000] * 5, 60]
    scene.check_kept(0)


def test_a_load_that_fits_the_log_alone_is_kept_there_until_there_is_room(scene: Scene, make_disk: MakeDisk) -> None:
    disk = make_disk(8 * MEGABYTE)
    scene.lay_out(home=disk.folder / "home")
    for number in range(5):
        scene.desk.write(f"big{number}", *facts(1_000, f"b{number}x"))
    disk.fill(leave=2_500_000)
    counted = scene.run("due", "--json")
    assert (counted.code, counted.err) == (0, "")
    assert scene.store.with_name("quizkorea.db-wal").stat().st_size > scene.store.stat().st_size
    disk.free()
    assert scene.run("due", "--json").out == counted.out
    scene.check_kept(0)
