"""Where the program starts: its modules are imported without the cyclic collector, which would only slow them down."""

from __future__ import annotations

import gc
from typing import NoReturn


def run() -> NoReturn:
    """Import the command line, then run it and leave with its exit code."""
    gc.disable()
    from quizkorea.cli.main import run as run_command_line

    gc.freeze()  # what was imported stays; no later collection has to look at it
    gc.enable()
    run_command_line()
