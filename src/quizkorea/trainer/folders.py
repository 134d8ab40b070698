"""Where decks, the store and the settings are found (DESIGN §3, Folders; §4). Nothing is created here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizkorea.core.errors import UsageError

DECK_SUFFIXES = (".yaml", ".yml")
SOURCES_NAME = "sources.yaml"
_LEARNER = re.compile(r"\w[\w .-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of a person's data, and which learner's store in it is meant."""

    folder: Path
    learner: str | None = None

    @property
    def store(self) -> Path:
        """The store of the learner."""
        return self.folder / "learners" / f"{self.learner}.db" if self.learner else self.folder / "quizkorea.db"

    @property
    def config(self) -> Path:
        """The settings file."""
        return self.folder / "config.toml"

    @property
    def decks(self) -> Path:
        """The decks that the learner keeps at home."""
        return self.folder / "decks"


def find_home(option: str | None, environment: Mapping[str, str], learner: str | None) -> Home:
    """The home: the option, else `QUIZKOREA_HOME`, else the platform's user data folder. Raises UsageError."""
    if learner is not None and not _LEARNER.match(learner):
        raise UsageError(f"{learner!r} cannot name a learner.", "Use letters, digits, spaces, dots and hyphens.")
    named = option or environment.get("QUIZKOREA_HOME")
    if named:
        return Home(Path(named).expanduser().absolute(), learner)
    from platformdirs import user_data_path  # most calls in tests and scripts name a home

    return Home(user_data_path("quizkorea", appauthor=False), learner)


def packaged_decks() -> Path:
    """The decks that came with the program: beside the code in an installed wheel, else those of the checkout."""
    inside = Path(__file__).resolve().parent.parent / "decks"
    return inside if inside.is_dir() else inside.parents[2] / "decks"


def deck_folders(options: Sequence[str], environment: Mapping[str, str], home: Home) -> list[Path]:
    """The folders to load, first wins: the named ones, else `./decks` if it holds decks, else home's and ours."""
    import os

    named = list(options) or [part for part in environment.get("QUIZKOREA_DECKS", "").split(os.pathsep) if part]
    if named:
        folders = [Path(name).expanduser().absolute() for name in named]
        for folder in folders:
            if not folder.is_dir():
                raise UsageError(f"There is no folder of decks at {folder}.", "Check --decks or QUIZKOREA_DECKS.")
        return folders
    here = Path.cwd() / "decks"
    if holds_decks(here):
        return [here]
    return [folder for folder in (home.decks, packaged_decks()) if folder.is_dir()]


def holds_decks(folder: Path) -> bool:
    """Whether a deck file stands directly in a folder."""
    try:
        return any(is_deck_name(entry.name) and not entry.is_dir() for entry in folder.iterdir())
    except OSError:
        return False


def is_deck_name(name: str) -> bool:
    """Whether a file is named as a deck: `*.yaml` or `*.yml`, but not the bibliography or a hidden file."""
    lower = name.lower()
    return lower.endswith(DECK_SUFFIXES) and lower != SOURCES_NAME and not lower.startswith(".")
