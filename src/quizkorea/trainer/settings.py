"""The learner's settings, read once from `config.toml` and passed down; nothing is global."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from quizkorea.core.errors import DataError


@dataclass(frozen=True, slots=True)
class Settings:
    """What `config.toml` may say; a key that is missing has the value below."""

    desired_retention: float = 0.9
    """The chance of recall (0.7 to 0.99) at which a card comes due."""
    new_per_day: int = 20
    reviews_per_day: int = 200
    rollover_hour: int = 4
    """The local hour (0 to 23) at which the study day turns."""
    learning_steps: tuple[int, ...] = (60, 600)
    """Seconds."""
    relearning_steps: tuple[int, ...] = (600,)
    """Seconds."""
    maximum_interval: int = 36_500
    """Days."""
    theme: str = ""
    """Name of a Textual theme; empty: the program's own."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Binding id -> keys, as Textual's keymap wants them: `undo = "u,ctrl+z"`."""


def read_settings(path: Path) -> Settings:
    """The settings of a home; the defaults if there is no file. Raises DataError with the place of a fault."""
    if not path.exists():
        return Settings()
    import tomllib  # only a home with a config file pays for it

    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path} is no text (in UTF-8).", "Mend it with an editor that writes UTF-8, or delete it."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path} is no valid TOML: {error}.", "Mend that place, or delete the file.") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path} holds a number or a list that is too large.", "Mend it, or delete it.") from error
    except IsADirectoryError as error:
        raise DataError(f"{path} is a folder, and should be a file with settings.", "Move it away.") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.", "Check its rights.") from error
    known = {entry.name for entry in fields(Settings)}
    for key in raw:
        if key not in known:
            raise DataError(
                f"{path} sets {key!r}, which is no setting.", f"The settings are: {', '.join(sorted(known))}."
            )
    return Settings(**{key: _valid(path, key, value) for key, value in raw.items()})


def _valid(path: Path, key: str, value: Any) -> Any:
    wanted, is_valid, convert = _RULES[key]
    if not is_valid(value):
        raise DataError(f"{path} sets {key} to {value!r}.", f"It takes {wanted}.")
    return convert(value)


def _whole(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _steps(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 10 and all(_whole(1, 86_400)(step) for step in value)


def _retention(value: Any) -> bool:
    return isinstance(value, float) and 0.7 <= value <= 0.99


def _keymap(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(keys, str) for keys in value.values())


_RULES: Mapping[str, tuple[str, Callable[[Any], bool], Callable[[Any], Any]]] = {
    "desired_retention": ("a number from 0.7 to 0.99", _retention, float),
    "new_per_day": ("a whole number from 0 to 9999", _whole(0, 9999), int),
    "reviews_per_day": ("a whole number from 0 to 9999", _whole(0, 9999), int),
    "rollover_hour": ("an hour from 0 to 23", _whole(0, 23), int),
    "learning_steps": ("a list of seconds, such as [60, 600]", _steps, tuple),
    "relearning_steps": ("a list of seconds, such as [600]", _steps, tuple),
    "maximum_interval": ("days from 1 to 36500", _whole(1, 36_500), int),
    "theme": ("the name of a theme", lambda value: isinstance(value, str), str),
    "keys": ('a table of keys, such as undo = "u,ctrl+z"', _keymap, dict),
}
