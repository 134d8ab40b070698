"""The only writer to stdout and stderr: data to the one, talk to the other. Widths are counted in terminal cells."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from quizkorea.core.errors import DataError

_UNSAFE = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), "\ufffd")


class ReaderGone(Exception):
    """Whoever read our output has closed it; there is nobody left to talk to."""


def prepare_streams() -> None:
    """A terminal that cannot show or send a character must not stop the program."""
    # a stream that the caller closed is as good as empty
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115 - it lives as long as the process
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream, errors in ((sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace"), (sys.stdin, "replace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=errors)


def say(*lines: str) -> None:
    """Data, a line each, to stdout. Raises ReaderGone."""
    _write(sys.stdout, "".join(f"{line}\n" for line in lines))


def ask(prompt: str) -> str | None:
    """Show a prompt and read a line without its end; None at the end of input. Raises ReaderGone."""
    _write(sys.stdout, prompt)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None


def confirm(question: str) -> bool:
    """Ask a yes or no at a terminal; where nobody sits there, go on without asking (DESIGN §4)."""
    if not sys.stdin.isatty():
        return True
    _write(sys.stderr, f"{question} [y/N] ")
    line = sys.stdin.readline()
    if not line:
        talk("")  # the end of input leaves the cursor behind the question
    return line.strip().lower() in ("y", "yes")


def cleaned(text: str) -> str:
    """Text from outside, such as a file name, that cannot break a line or steer the terminal."""
    return text.translate(_UNSAFE)


def talk(*lines: str) -> None:
    """Talk, a line each, to stderr; what a file name holds cannot break a line or steer the terminal."""
    _write(sys.stderr, "".join(f"{line.translate(_UNSAFE)}\n" for line in lines))


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        raise DataError(f"Nothing more can be written to the output: {error.strerror or error}.") from error


def is_interactive() -> bool:
    """Whether a person sits at both ends, at a terminal that can draw."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width_of(text: str) -> int:
    """Width in terminal cells; Hangul and Han take two each."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def table(rows: Sequence[Sequence[str]], right_aligned: Iterable[int]) -> list[str]:
    """Rows as lines with aligned columns, two spaces apart."""
    right = set(right_aligned)
    widths = [max(width_of(row[column]) for row in rows) for column in range(len(rows[0]))]

    def pad(text: str, column: int) -> str:
        space = " " * (widths[column] - width_of(text))
        return space + text if column in right else text + space

    return ["  ".join(pad(text, column) for column, text in enumerate(row)).rstrip() for row in rows]
