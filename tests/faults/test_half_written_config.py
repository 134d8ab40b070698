"""A `config.toml` that is half written, or no text at all: one sentence with its place, and nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from faults.conftest import Said, Scene

WHOLE = b"""# my settings
new_per_day = 9999
desired_retention = 0.85
learning_steps = [60, 600]
theme = "quizkorea-dark"

[keys]
undo = "u,ctrl+z"
"""
BROKEN = {
    "cut in a value": (b"new_per_day = 7\nrollover_hour = ", "config.toml"),
    "cut in a list": (b"new_per_day = 7\nlearning_steps = [60,", "config.toml"),
    "cut in a text": (b'theme = "quizkorea-\n[keys]\nundo = "u"\n', "line 1"),
    "two texts in one": (b"new_per_day = 7\nreviews_per_new_per_day = 7\n", "'reviews_per_new_per_day'"),
    "a key twice": (b"new_per_day = 7\nreviews_per_day = 70\nnew_per_day = 8\n", "line 3"),
    "zeros": (bytes(4096), "line 1"),
    "every byte": (bytes(range(256)), "config.toml"),
    "two bytes a character": ("new_per_day = 7\n".encode("utf-16"), "config.toml"),
    "a text for a number": (b'theme = "x"\nnew_per_day = "many"\n', "new_per_day"),
    "a number for a table": (b"keys = 3\n", "keys"),
    "a number without end": (b"new_per_day = " + b"9" * 5000, "config.toml"),
    "brackets without end": (b"learning_steps = " + b"[" * 5000, "config.toml"),
}


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_config_is_said_and_costs_nothing(scene: Scene, said: Said, content: str) -> None:
    taken = scene.lay_out().study(2)
    broken, place = BROKEN[content]
    scene.config.write_bytes(broken)
    before = scene.files()
    for verb in (["due"], ["study", "--plain"]):
        ended = scene.run(*verb, typed="\n4\nq\n")
        said(ended, scene.config, place)
        assert ended.out == ""
    assert scene.files() == before
    scene.config.write_bytes(WHOLE)
    scene.check_kept(taken)


def test_a_folder_in_place_of_the_config_is_said_without_talk_of_rights(scene: Scene, said: Said) -> None:
    taken = scene.lay_out().study(2)
    scene.config.unlink()
    scene.config.mkdir()
    ended = scene.run("due")
    said(ended, scene.config)
    assert "rights" not in ended.err
    scene.config.rmdir()
    scene.check_kept(taken)


def test_a_config_cut_off_anywhere_is_read_or_said(scene: Scene, said: Said) -> None:
    taken = scene.lay_out().study(1)
    for length in range(0, len(WHOLE), 13):
        scene.config.write_bytes(WHOLE[:length])
        ended = scene.run("due")
        if ended.code:
            said(ended, scene.config)
        else:
            assert ended.err == ""
    scene.config.write_bytes(WHOLE)
    scene.check_kept(taken)


@pytest.mark.parametrize("content", [b"", b"\n", b"# nothing yet\n"])
def test_an_empty_config_is_none(scene: Scene, content: bytes) -> None:
    scene.lay_out().config.write_bytes(content)
    scene.check_kept(0)


def test_a_mark_of_utf_8_before_the_settings_is_passed_over(scene: Scene) -> None:
    scene.lay_out().config.write_bytes(b"\xef\xbb\xbf" + WHOLE)
    scene.check_kept(0)
