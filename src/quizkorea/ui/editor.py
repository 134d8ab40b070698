"""Which editor opens a note, and how it is told the line."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping

FALLBACKS = ("vi", "nano")


class NoEditor(Exception):
    """No editor can be started; the message says why and what to do."""


def editor_command(
    environment: Mapping[str, str], path: str, line: int, which: Callable[[str], str | None]
) -> list[str]:
    """The command that opens a file at a line: VISUAL, then EDITOR, then vi or nano. Raises NoEditor."""
    for name in ("VISUAL", "EDITOR"):
        if environment.get(name, "").strip():
            return [*_words(name, environment[name], which), f"+{max(1, line)}", path]
    for name in FALLBACKS:
        if which(name):
            return [name, f"+{max(1, line)}", path]
    raise NoEditor("No editor was found. Set EDITOR to the one you use.")


def _words(name: str, value: str, which: Callable[[str], str | None]) -> list[str]:
    try:
        words = shlex.split(value)
    except ValueError as error:
        raise NoEditor(f"{name} cannot be read as a command: {value!r}.") from error
    if not words or which(words[0]) is None:
        raise NoEditor(f"{name} names {value!r}, which cannot be started. Set it to the editor you use.")
    return words
