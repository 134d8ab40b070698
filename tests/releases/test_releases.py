"""What every released version left on a learner's disk is opened by today's program, with every review in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from quizkorea import __version__
from quizkorea.trainer.facade import Trainer
from releases.freeze import TABLES, snapshot

RELEASES = sorted(path for path in Path(__file__).parent.iterdir() if (path / "expected.json").exists())


@pytest.fixture(params=RELEASES, ids=lambda path: path.name)
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a frozen release, to be opened."""
    return Path(shutil.copytree(request.param, tmp_path / "release"))


def opened(release: Path) -> Trainer:
    return Trainer.from_environment({}, str(release / "home"), [str(release / "decks")], None).open()


def test_the_version_that_is_being_built_is_frozen_or_newer() -> None:
    assert RELEASES, "no release is frozen"
    assert any(path.name == "0.1.0" for path in RELEASES)
    assert __version__.split(".") >= RELEASES[-1].name.split(".")


def test_every_review_mark_and_text_of_a_release_is_still_there(release: Path) -> None:
    expected = json.loads((release / "expected.json").read_text("utf-8"))
    opened(release).close()
    found = snapshot(release / "home" / "quizkorea.db")
    for table in TABLES:
        old = [{name: row[name] for name in was} for row, was in zip(found[table], expected[table], strict=True)]
        assert old == expected[table], table
    kept = {card["key"]: card for card in found["card"]}
    for card in expected["card"]:
        assert {name: kept[card["key"]][name] for name in card} == card


def test_the_states_of_a_release_are_those_of_its_log(release: Path) -> None:
    with opened(release) as trainer:
        assert len(trainer.store.log(1)) > 0
        keys = [row[0] for row in trainer.store.connection.execute("SELECT card_key FROM card_state").fetchall()]
        merged = trainer.store.connection.execute("SELECT key FROM card WHERE merged_into IS NOT NULL").fetchall()
        for key in set(keys) - {row[0] for row in merged}:
            card = trainer.store.card(key)
            if card is not None:
                assert trainer.scheduler.state_from_log(trainer.store.log(key), key) == card.schedule


def test_a_release_can_be_studied_on_and_its_settings_are_read(release: Path) -> None:
    with opened(release) as trainer:
        assert (trainer.settings.desired_retention, trainer.settings.rollover_hour) == (0.92, 3)
        assert dict(trainer.settings.keys) == {"undo": "u,ctrl+z,backspace"}
        assert trainer.report.problems == ()
    env = os.environ | {"QUIZKOREA_HOME": str(release / "home"), "QUIZKOREA_DECKS": str(release / "decks")}
    before = len(snapshot(release / "home" / "quizkorea.db")["review_log"])
    command = [sys.executable, "-m", "quizkorea", "study", "--plain"]
    subprocess.run(command, input=b"\n3\nq\n", env=env, check=True, timeout=60, stdout=subprocess.DEVNULL)
    assert len(snapshot(release / "home" / "quizkorea.db")["review_log"]) == before + 1
    doctor = subprocess.run(
        [sys.executable, "-m", "quizkorea", "doctor"], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert "problem" not in doctor.stdout


def test_frozen_files_say_nothing_of_the_machine_they_were_made_on() -> None:
    for release in RELEASES:
        with closing((release / "home" / "quizkorea.db").open("rb")) as file:
            content = file.read()
        assert str(Path.home()).encode() not in content or str(Path.home()) == "/"
        assert str(Path(__file__).parent).encode() not in content
