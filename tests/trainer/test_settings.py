"""`config.toml`: read once, every fault said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizkorea.core.errors import DataError
from quizkorea.trainer.settings import Settings, read_settings


def config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "config.toml") == Settings()


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    path = config(tmp_path, 'new_per_day = 7\nlearning_steps = [30]\ndesired_retention = 0.85\n[keys]\nundo = "z"\n')
    settings = read_settings(path)
    assert (settings.new_per_day, settings.learning_steps, settings.desired_retention) == (7, (30,), 0.85)
    assert settings.keys == {"undo": "z"}
    assert settings.reviews_per_day == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("new_per_day = ", "no valid TOML"),
        ("new_per_day = 7\nrollover_hour = x\n", "line 2"),
        ("new_per_day = -1", "a whole number from 0 to 9999"),
        ("new_per_day = true", "a whole number"),
        ("rollover_hour = 24", "an hour from 0 to 23"),
        ("desired_retention = 90", "a number from 0.7 to 0.99"),
        ("learning_steps = [0]", "a list of seconds"),
        ("keys = 3", "a table of keys"),
        ("newperday = 3", "no setting"),
    ],
)
def test_a_fault_is_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        read_settings(config(tmp_path, text))
    assert "config.toml" in str(caught.value)
    assert caught.value.hint
