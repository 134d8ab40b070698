"""Every test runs in an empty folder, away from the developer's own home, settings and decks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from builders import Desk

REPOSITORY = Path(__file__).parent.parent

# no example is timed: a busy machine is no fault. In CI every run tries the same ones; at home each run tries others.
settings.register_profile("quizkorea", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("quizkorea")


@pytest.fixture(autouse=True)
def _isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUIZKOREA_HOME", "QUIZKOREA_DECKS", "QUIZKOREA_NOW", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "somebody"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "somebody" / "data"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)


@pytest.fixture
def repository() -> Path:
    """The checkout that the tests belong to."""
    return REPOSITORY


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Make desks: a home, a folder of decks, a clock in the tester's hand, and a trainer over them."""
    desks: list[Desk] = []

    def make(name: str = "desk", **settings: object) -> Desk:
        desks.append(Desk(tmp_path / name, **settings))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """One desk with default settings."""
    return make_desk()
