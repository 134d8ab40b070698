"""Where decks and homes are found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builders import deck_text, facts
from quizkorea.core.errors import UsageError
from quizkorea.trainer.folders import Home, deck_folders, find_home, holds_decks, packaged_decks


def folder(path: Path, *names: str) -> Path:
    path.mkdir(parents=True)
    for name in names:
        (path / name).write_text(deck_text("d", *facts(1)))
    return path


def test_the_option_wins_over_the_environment_and_the_platform(tmp_path: Path) -> None:
    environment = {"QUIZKOREA_HOME": str(tmp_path / "env")}
    assert find_home(str(tmp_path / "option"), environment, None).folder == tmp_path / "option"
    assert find_home(None, environment, None).folder == tmp_path / "env"
    assert find_home(None, {}, None).folder.name == "quizkorea"


def test_a_learner_has_a_store_of_their_own(tmp_path: Path) -> None:
    home = find_home(str(tmp_path), {}, "Kim Ji-won")
    assert home.store == tmp_path / "learners" / "Kim Ji-won.db"
    assert find_home(str(tmp_path), {}, None).store == tmp_path / "quizkorea.db"


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "a" * 65])
def test_a_learner_cannot_be_named_like_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot name a learner"):
        find_home(str(tmp_path), {}, name)


def test_named_folders_replace_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = folder(tmp_path / "here" / "decks", "d.yaml")
    one, two = folder(tmp_path / "one"), folder(tmp_path / "two")
    monkeypatch.chdir(here.parent)
    home = Home(tmp_path / "home")
    assert deck_folders([str(one), str(two)], {"QUIZKOREA_DECKS": "x"}, home) == [one, two]
    assert deck_folders([], {"QUIZKOREA_DECKS": f"{one}{os.pathsep}{two}"}, home) == [one, two]


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder of decks"):
        deck_folders([str(tmp_path / "nowhere")], {}, Home(tmp_path))


def test_decks_here_come_before_those_at_home_and_ours(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert deck_folders([], {}, home) == [packaged_decks()]
    at_home = folder(home.decks)
    assert deck_folders([], {}, home) == [at_home, packaged_decks()]
    here = folder(Path.cwd() / "decks", "sources.yaml")
    assert deck_folders([], {}, home) == [at_home, packaged_decks()]
    (here / "d.yml").write_text(deck_text("d", *facts(1)))
    assert deck_folders([], {}, home) == [here]


def test_a_folder_holds_decks_only_in_deck_files(tmp_path: Path) -> None:
    assert not holds_decks(tmp_path / "nowhere")
    assert not holds_decks(folder(tmp_path / "a", "sources.yaml", ".hidden.yaml", "notes.txt"))
    assert holds_decks(folder(tmp_path / "b", "덱.yaml"))
    (tmp_path / "c" / "folder.yaml").mkdir(parents=True)
    assert not holds_decks(tmp_path / "c")


def test_our_own_decks_are_found() -> None:
    assert holds_decks(packaged_decks())
