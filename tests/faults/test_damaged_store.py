"""A file in the place of the store that is no sound store: said, and not a byte of it is changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from faults.conftest import Said, Scene

PAGE = 4_096


def cut_in_half(store: Path) -> None:
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])


def cut_within_a_page(store: Path) -> None:
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2 + 1_000])


def cut_to_its_first_bytes(store: Path) -> None:
    store.write_bytes(store.read_bytes()[:60])


def zeroed_in_the_middle(store: Path) -> None:
    whole = store.read_bytes()
    third = len(whole) // 3
    store.write_bytes(whole[:third] + bytes(third) + whole[2 * third :])


def a_text(store: Path) -> None:
    store.write_text("Dear diary, today I learned about Kim Il-sung.\n" * 100)


def a_folder(store: Path) -> None:
    store.unlink()
    store.mkdir()


def of_another_program(store: Path) -> None:
    store.unlink()
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")


def without(table: str) -> Callable[[Path], None]:
    """A store that has lost a table."""

    def harm(store: Path) -> None:
        with closing(sqlite3.connect(store)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(f"DROP TABLE {table}")

    harm.__name__ = f"without_{table}"
    return harm


HARMS = [
    cut_in_half,
    cut_within_a_page,
    cut_to_its_first_bytes,
    zeroed_in_the_middle,
    a_text,
    a_folder,
    of_another_program,
    *map(without, ("deck", "note", "card", "given_card", "card_state", "card_mark", "review_log")),
]


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_no_sound_store_is_refused_and_left_as_it_was(
    scene: Scene, said: Said, harm: Callable[[Path], None]
) -> None:
    taken = scene.lay_out().study(3)
    whole = scene.store.read_bytes()
    harm(scene.store)
    before = scene.files()
    for verb in (["due"], ["study", "--plain"]):
        ended = scene.run(*verb, typed="\n4\nq\n")
        said(ended, scene.store)
        assert ended.out == ""
    assert scene.files() == before
    if scene.store.is_dir():
        scene.store.rmdir()
    scene.store.write_bytes(whole)
    scene.check_kept(taken)


def test_an_empty_file_is_a_new_store(scene: Scene) -> None:
    scene.lay_out().study(3)
    scene.store.write_bytes(b"")
    scene.check_kept(0)


def test_damage_that_a_session_meets_later_costs_no_answer_before_it(scene: Scene, said: Said) -> None:
    program = scene.lay_out().start_studying(answers=3)
    without("mark_log")(scene.store)
    said(program.finish("s\n"), scene.store)
    assert len(scene.rows()) == 3


def test_damage_that_only_the_backup_of_the_day_finds_is_said_once_and_before_a_question(
    scene: Scene, said: Said
) -> None:
    scene.lay_out().study(3)
    without("mark_log")(scene.store)
    ended = scene.run("study", "--plain", typed="\n4\nq\n")
    said(ended, scene.store)
    assert ended.out == ""


def test_a_damaged_page_is_met_or_not_but_never_a_fault_of_the_program(scene: Scene, said: Said) -> None:
    scene.lay_out(cards=200).study(30)
    scene.study(1)  # the second session has made the backup of the day
    whole = scene.store.read_bytes()
    met = 0
    for at in range(0, len(whole), 4 * PAGE):
        harmed = whole[:at] + bytes(PAGE) + whole[at + PAGE :]
        scene.store.write_bytes(harmed)
        ended = scene.run("study", "--plain", typed="\n4\nu\ns\nf\nq\n")
        if ended.code:
            met += 1
            said(ended, scene.store)
            assert "done" in ended.out or scene.store.read_bytes() == harmed
    assert met > 3
