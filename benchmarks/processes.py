"""Whole processes: how long from start to end, and how much memory at most."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = Path(__file__).parent / "programs"


@dataclass(frozen=True, slots=True)
class Program:
    """A command line, what its environment has beside ours, and what it reads."""

    argv: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: str = os.devnull


@dataclass(frozen=True, slots=True)
class Runs:
    """What the runs of a program took."""

    seconds: Sequence[float]
    peaks_mb: Sequence[float]

    @property
    def p50_ms(self) -> float:
        """The median time."""
        return statistics.median(self.seconds) * 1000

    @property
    def peak_mb(self) -> float:
        """The median of the peaks."""
        return statistics.median(self.peaks_mb)


def run_in_turn(programs: Mapping[str, Program], turns: int, folder: Path, warm_ups: int = 1) -> dict[str, Runs]:
    """Run all programs once a turn. Raises CalledProcessError when one of them fails."""
    folder.mkdir(parents=True, exist_ok=True)
    order = {
        "turns": turns,
        "warm_ups": warm_ups,
        "programs": {
            name: {
                "argv": list(program.argv),
                "environment": dict(program.environment),
                "stdin": program.stdin,
                "talk": str(talk_of(folder, name)),
            }
            for name, program in programs.items()
        },
    }
    launcher = [sys.executable, "-I", "-S", str(PROGRAMS / "launch.py")]
    done = subprocess.run(launcher, input=json.dumps(order), stdout=subprocess.PIPE, text=True, check=True)
    runs = json.loads(done.stdout)
    return {name: Runs([run[0] for run in taken], [run[1] for run in taken]) for name, taken in runs.items()}


def talk_of(folder: Path, name: str) -> Path:
    """Where the last run of a program has printed to."""
    return folder / f"{name.replace(' ', '-')}.txt"


def python(*arguments: str) -> Program:
    """This interpreter."""
    return Program([sys.executable, *arguments])


def console_script() -> str | None:
    """The installed command; None when there is none."""
    path = Path(sysconfig.get_path("scripts")) / "quizkorea"
    return str(path) if path.exists() else None


def quizkorea(environment: Mapping[str, str], *arguments: str, stdin: str = os.devnull) -> Program:
    """Our command, as installed (else as a module)."""
    script = console_script()
    start = [script] if script else [sys.executable, "-m", "quizkorea"]
    return Program([*start, *arguments], environment, stdin)
