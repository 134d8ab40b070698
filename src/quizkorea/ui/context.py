"""What every screen is given: the trainer, the learner's keys, and the outside world as values that a test can swap."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from quizkorea.trainer.facade import Trainer


def run_command(command: Sequence[str]) -> int:
    """Run a program in the foreground; its exit code. Raises OSError when it cannot be started."""
    return subprocess.run(command, check=False).returncode


@dataclass(frozen=True, slots=True)
class Context:
    """Passed down from the app; nothing is global."""

    trainer: Trainer
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Binding id -> keys, complete with Hangul letters."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds; only its differences mean anything."""
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    run: Callable[[Sequence[str]], int] = run_command
    """How the editor is run."""
    draft_seconds: float = 4.0
    """How long a change to a long answer may wait until it is saved."""

    def in_short(self, sentence: str) -> str:
        """A sentence for a notice: files of the home without its path, which would hide the question."""
        return sentence.replace(f"{self.trainer.home.folder}{os.sep}", "")
