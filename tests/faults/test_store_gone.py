"""A store that is deleted or replaced under the running program: everything it holds is put where it can be found."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from faults.conftest import Ended, Said, Scene

Harm = Callable[["Scene"], None]


def copy_of(scene: Scene) -> Path:
    """A sound copy of the store, as a backup holds it: other pages in another order."""
    copy = scene.desk.root / "copy.db"
    with closing(sqlite3.connect(scene.store, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    return copy


def deleted(scene: Scene) -> None:
    scene.store.unlink()


def deleted_with_its_logs(scene: Scene) -> None:
    for path in scene.home.glob("quizkorea.db*"):
        path.unlink()


def moved_away(scene: Scene) -> None:
    scene.store.rename(scene.desk.root / "elsewhere.db")


def replaced_by_a_copy(scene: Scene) -> None:
    os.replace(copy_of(scene), scene.store)


def replaced_by_garbage(scene: Scene) -> None:
    garbage = scene.desk.root / "garbage"
    garbage.write_text("no store at all\n" * 1000)
    os.replace(garbage, scene.store)


def replaced_by_a_folder(scene: Scene) -> None:
    scene.store.unlink()
    scene.store.mkdir()


def home_deleted(scene: Scene) -> None:
    shutil.rmtree(scene.home)


HARMS = [
    deleted,
    deleted_with_its_logs,
    moved_away,
    replaced_by_a_copy,
    replaced_by_garbage,
    replaced_by_a_folder,
    home_deleted,
]


def rescued_by(ended: Ended, scene: Scene, said: Said) -> Path:
    """The one file that everything was put into; it is named."""
    found = sorted((scene.home / "backups").glob("quizkorea-*-rescued.db"))
    assert len(found) == 1, ended
    said(ended, found[0])
    return found[0]


@pytest.mark.parametrize("harm", HARMS)
def test_every_answer_is_rescued_and_brought_back_as_the_sentence_says(scene: Scene, said: Said, harm: Harm) -> None:
    taken = scene.lay_out().study(2)
    program = scene.start_studying(answers=3)
    harm(scene)
    assert not program.answer()
    rescued = rescued_by(program.finish(), scene, said)
    rows = scene.rows(rescued)
    assert len({key for _, key in rows}) == len(rows) == taken + program.acknowledged + 1
    if scene.store.is_dir():
        scene.store.rmdir()
    restored = scene.run("restore", str(rescued))
    assert (restored.code, restored.err) == (0, "")
    assert scene.rows() == rows
    assert scene.run("due", "--json").out.count(f'"answered_today": {len(rows)}') == 1


@pytest.mark.parametrize("harm", [deleted, deleted_with_its_logs, home_deleted])
def test_after_a_deletion_the_next_start_begins_anew_and_the_rescued_file_stays(
    scene: Scene, said: Said, harm: Harm
) -> None:
    program = scene.lay_out().start_studying(answers=3)
    harm(scene)
    assert not program.answer()
    rescued = rescued_by(program.finish(), scene, said)
    scene.check_kept(0)
    assert len(scene.rows(rescued)) == 4


@pytest.mark.parametrize("harm", [deleted, replaced_by_garbage])
def test_a_rescued_file_that_is_put_in_place_by_hand_is_whole(scene: Scene, said: Said, harm: Harm) -> None:
    taken = scene.lay_out().study(20)
    program = scene.start_studying(answers=3)
    harm(scene)
    assert not program.answer()
    os.replace(rescued_by(program.finish(), scene, said), scene.store)
    scene.check_kept(taken + 4)


def test_a_store_put_in_place_of_ours_is_not_harmed_by_what_ours_left_behind(scene: Scene) -> None:
    taken = scene.lay_out().study(20)
    other = copy_of(scene)
    program = scene.start_studying(answers=3)
    os.replace(other, scene.store)
    assert not program.answer()
    assert program.finish().code == 3
    scene.check_kept(taken)


@pytest.mark.parametrize("line", ["u", "s", "b", "f"])
def test_a_command_that_finds_the_store_deleted_rescues_what_was_there(scene: Scene, said: Said, line: str) -> None:
    program = scene.lay_out().start_studying(answers=3)
    deleted(scene)
    rescued = rescued_by(program.finish(f"{line}\n"), scene, said)
    assert len(scene.rows(rescued)) == 3
