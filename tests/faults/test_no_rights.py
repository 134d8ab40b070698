"""No right to read or write: a home, a store, a deck, the settings; and a home on a read-only file system."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders import facts
from quizkorea.trainer.folders import Home

if TYPE_CHECKING:
    from faults.conftest import Ended, MakeDisk, Said, Scene

VERBS = [["due"], ["study", "--plain"], []]
"""The last one is the bare command."""
SOMEBODY_ELSE = 65_534


def weak(scene: Scene, *verb: str) -> Ended:
    """Run a verb that rights bind, and answer what it asks."""
    return scene.run(*verb, typed="\n4\nq\n", powerless=True)


def cards_of(counted: Ended) -> dict[str, tuple[int, int]]:
    """Deck -> its cards, and how many of them were seen, by `due --json`."""
    return {deck["deck"]: (deck["cards"], deck["seen"]) for deck in json.loads(counted.out)["decks"]}


# --- the home and the store ------------------------------------------------------------------------------------------


def test_a_home_without_right_to_write_takes_no_store(weak_scene: Scene, said: Said) -> None:
    weak_scene.home.chmod(0o555)
    every = [weak(weak_scene, *verb) for verb in VERBS]
    weak_scene.home.chmod(0o755)
    for ended in every:
        said(ended, weak_scene.home)
        assert ended.out == ""
    assert list(weak_scene.files()) == ["config.toml"]
    weak_scene.check_kept(0)


def test_a_home_that_cannot_be_made_is_said(weak_scene: Scene, said: Said) -> None:
    above = weak_scene.desk.root / "above"
    above.mkdir(mode=0o555)
    weak_scene.desk.home = Home(above / "home")
    for verb in VERBS:
        said(weak(weak_scene, *verb), weak_scene.home)
    assert not weak_scene.home.exists()
    above.chmod(0o755)
    assert weak(weak_scene, "due").code == 0


@pytest.mark.parametrize("mode", [0o000, 0o555, 0o600])
def test_a_home_that_lost_its_rights_keeps_its_answers(weak_scene: Scene, said: Said, mode: int) -> None:
    taken, before = weak_scene.study(3), weak_scene.files()
    weak_scene.home.chmod(mode)
    every = [weak(weak_scene, "due"), weak(weak_scene, "study", "--plain")]
    weak_scene.home.chmod(0o755)
    for ended in every:
        said(ended, weak_scene.home)
    assert weak_scene.files() == before
    weak_scene.check_kept(taken)


@pytest.mark.parametrize("mode", [0o000, 0o222, 0o444])
def test_a_store_that_lost_its_rights_keeps_its_answers(weak_scene: Scene, said: Said, mode: int) -> None:
    taken, before = weak_scene.study(3), weak_scene.files()
    weak_scene.store.chmod(mode)
    every = [weak(weak_scene, "due"), weak(weak_scene, "study", "--plain")]
    weak_scene.store.chmod(0o644)
    for ended in every:
        said(ended, weak_scene.store)
        assert ended.out == ""
    assert weak_scene.files() == before
    weak_scene.check_kept(taken)


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_the_store_of_somebody_else_is_refused_before_a_question_is_asked(
    weak_scene: Scene, said: Said, mode: int
) -> None:
    taken = weak_scene.study(3)
    weak_scene.store.chmod(mode)
    try:
        os.chown(weak_scene.store, SOMEBODY_ELSE, SOMEBODY_ELSE)
    except PermissionError:
        pytest.skip("only root can give a file away")
    ended = weak(weak_scene, "study", "--plain")
    os.chown(weak_scene.store, 0, 0)
    said(ended, weak_scene.store)
    assert ended.out == ""
    weak_scene.check_kept(taken)


# --- the decks and the settings --------------------------------------------------------------------------------------


def test_a_deck_file_that_cannot_be_read_keeps_its_last_good_content(weak_scene: Scene) -> None:
    taken = weak_scene.study(3)
    deck = weak_scene.desk.write("d", *facts(50))
    weak_scene.desk.write("e", *facts(2, "e"))
    deck.chmod(0)
    counted, studied = weak(weak_scene, "due", "--json"), weak(weak_scene, "study", "--plain")
    for ended in (counted, studied):
        assert (ended.code, ended.err.count("\n")) == (0, 1), ended.err
        assert ended.err.startswith(
            f"{deck}:1:1: the file cannot be read: permission denied; the deck's last good content"
        )
    assert cards_of(counted) == {"d": (60, taken), "e": (2, 0)}
    assert len(weak_scene.rows()) == taken + 1


def test_a_deck_file_that_cannot_be_read_at_first_stops_no_other(weak_scene: Scene) -> None:
    weak_scene.desk.write("e", *facts(2, "e"))
    deck = weak_scene.desk.decks / "d.yaml"
    deck.chmod(0)
    counted = weak(weak_scene, "due", "--json")
    assert (counted.code, counted.err.count("\n")) == (0, 1), counted.err
    assert str(deck) in counted.err
    assert cards_of(counted) == {"e": (2, 0)}
    assert weak(weak_scene, "check").code == 1


@pytest.mark.parametrize("is_new", [True, False])
def test_a_deck_file_is_read_as_soon_as_it_may_be_read_again(weak_scene: Scene, is_new: bool) -> None:
    if not is_new:
        weak_scene.study(3)
    deck = weak_scene.desk.write("d", *facts(50))
    deck.chmod(0)
    assert "permission denied" in weak(weak_scene, "due").err
    deck.chmod(0o644)
    counted = weak(weak_scene, "due", "--json")
    assert (counted.code, counted.err) == (0, "")
    assert cards_of(counted) == {"d": (50, 0 if is_new else 3)}


@pytest.mark.parametrize("mode", [0o000, 0o111, 0o444])
def test_a_deck_folder_that_cannot_be_read_is_said_once_and_loses_nothing(weak_scene: Scene, mode: int) -> None:
    taken = weak_scene.study(3)
    before = weak_scene.run("due", "--json").out
    weak_scene.desk.decks.chmod(mode)
    every = [weak(weak_scene, "due"), weak(weak_scene, "study", "--plain", "--cram")]
    weak_scene.desk.decks.chmod(0o755)
    assert weak_scene.run("due", "--json").out == before
    weak_scene.check_kept(taken)
    for ended in every:
        assert ended.code == 0
        assert ended.err.count("\n") == 1, ended.err
        assert str(weak_scene.desk.decks) in ended.err


def test_a_closed_deck_folder_is_never_taken_for_a_day_on_which_nothing_is_due(weak_scene: Scene) -> None:
    weak_scene.desk.decks.chmod(0)
    counted, studied = weak(weak_scene, "due"), weak(weak_scene, "study", "--plain")
    weak_scene.desk.decks.chmod(0o755)
    for ended in (counted, studied):
        assert f"{weak_scene.desk.decks} cannot be read" in ended.err
        assert "rights" in ended.err, f"nothing says what to do: {ended.err}"
        assert "Nothing is due" not in ended.out


def test_settings_that_cannot_be_read_are_said_and_not_guessed(weak_scene: Scene, said: Said) -> None:
    taken, before = weak_scene.study(3), weak_scene.files()
    weak_scene.config.chmod(0)
    every = [weak(weak_scene, *verb) for verb in VERBS]
    weak_scene.config.chmod(0o644)
    for ended in every:
        said(ended, weak_scene.config)
    assert weak_scene.files() == before
    weak_scene.check_kept(taken)


# --- a read-only file system -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("home", ["kept", "empty", "absent"])
def test_a_home_on_a_read_only_file_system_is_said_by_every_verb(
    scene: Scene, said: Said, make_disk: MakeDisk, home: str
) -> None:
    disk = make_disk(4_000_000)
    scene.lay_out(home=disk.folder / "kept")
    taken, before = scene.study(3), scene.files()
    (disk.folder / "empty").mkdir()
    scene.desk.home = Home(disk.folder / home)
    disk.mount("-o", "remount,ro")
    for verb in VERBS:
        ended = scene.run(*verb, typed="\n4\nq\n")
        said(ended, scene.home)
        assert ended.out == ""
    disk.mount("-o", "remount,rw")
    scene.desk.home = Home(disk.folder / "kept")
    assert scene.files() == before
    scene.check_kept(taken)


def test_after_a_crash_a_read_only_file_system_is_said_before_a_question_is_asked(
    scene: Scene, said: Said, make_disk: MakeDisk
) -> None:
    disk = make_disk(4_000_000)
    scene.lay_out(home=disk.folder / "home")
    scene.start_studying(answers=3).stop()
    assert Path(f"{scene.store}-wal").stat().st_size
    disk.mount("-o", "remount,ro")
    ended = scene.run("study", "--plain", typed="\n4\nq\n")
    disk.mount("-o", "remount,rw")
    said(ended, scene.store)
    assert ended.out == ""
    scene.check_kept(3)
