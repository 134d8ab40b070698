"""Where decks, the store and the settings are found (DESIGN §3, Folders; §4). Nothing is created here."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from quizkorea.core.errors import UsageError

DECK_SUFFIXES = (".yaml", ".yml")
SOURCES_NAME = "sources.yaml"
_LEARNER = re.compile(r"\w[\w .-]{0,63}\Z")


class Stamped(NamedTuple):
    """A deck file with the stamps of itself and of its `sources.yaml`, taken before it is read."""

    path: Path
    stamp: str
    sources_stamp: str


def name_of(path: Path) -> str:
    """A path as text that can be stored and shown; bytes that are no UTF-8 are spelt out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class Home(NamedTuple):
    """The folder of a person's data, and which learner's store in it is meant."""

    folder: Path
    learner: str | None = None
    is_named: bool = False
    """Whether it was named with --home, and must be again."""

    @property
    def store(self) -> Path:
        """The store of the learner."""
        return self.folder / "learners" / f"{self.learner}.db" if self.learner else self.folder / "quizkorea.db"

    def command(self, verb: str) -> str:
        """A command line that means this home and this learner."""
        from shlex import quote  # said only when something is to be done

        home = f" --home {quote(str(self.folder))}" if self.is_named else ""
        learner = f" --learner {quote(self.learner)}" if self.learner else ""
        return f"quizkorea{home}{learner} {verb}"

    @property
    def backups(self) -> Path:
        """Where the backups of the learner's store are."""
        return self.folder / "backups" / self.learner if self.learner else self.folder / "backups"

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
        return Home(_absolute(named), learner, is_named=bool(option))
    from platformdirs import user_data_path  # most calls in tests and scripts name a home

    return Home(user_data_path("quizkorea", appauthor=False), learner)


def packaged_decks() -> Path:
    """The decks that came with the program: beside the code in an installed wheel, else those of the checkout."""
    inside = Path(__file__).resolve().parent.parent / "decks"
    return inside if inside.is_dir() else inside.parents[2] / "decks"


def deck_folders(options: Sequence[str], environment: Mapping[str, str], home: Home) -> list[Path]:
    """The folders to load, first wins: the named ones, else `./decks` if it holds decks, else home's and ours."""
    named = list(options) or [part for part in environment.get("QUIZKOREA_DECKS", "").split(os.pathsep) if part]
    if named:
        folders = [_absolute(name) for name in named]
        for folder in folders:
            if not folder.is_dir():
                raise UsageError(f"There is no folder of decks at {folder}.", "Check --decks or QUIZKOREA_DECKS.")
        return folders
    if holds_decks(Path("decks")):
        return [_absolute("decks")]
    return [folder for folder in (home.decks, packaged_decks()) if folder.is_dir()]


def _absolute(name: str) -> Path:
    try:
        return Path(name).expanduser().absolute()
    except (RuntimeError, OSError) as error:
        raise UsageError(f"{name!r} names no folder: {error}.", "Write the path in full.") from error


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
