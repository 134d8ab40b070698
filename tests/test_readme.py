"""What the README tells a newcomer to type works as it is written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
COMMANDS = [line.partition("#")[0].strip() for line in README.splitlines() if line.startswith("    ")]


def run(command: str, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """A command line as a newcomer types it, with the program on the path and without a terminal."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "QUIZKOREA_HOME": str(home), "QUIZKOREA_NOW": "2026-03-02T12:00Z"}
    return subprocess.run(
        ["sh", "-c", command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


def test_the_readme_shows_the_two_commands_first() -> None:
    assert COMMANDS[:2] == ["make run", "make test"]


@pytest.mark.parametrize("command", [command for command in COMMANDS if "quizkorea" in command])
def test_a_command_of_the_readme_works(command: str, repository: Path, tmp_path: Path) -> None:
    run(
        "printf 'f\n\n3\nq\n' | quizkorea study --plain", repository, tmp_path / "home"
    )  # there is something of a learner
    ran = run(command, repository, tmp_path / "home")
    assert (ran.returncode, ran.stderr if "check" not in command else "") == (0, "")


def test_the_pipe_of_the_readme_answers_three_cards(repository: Path, tmp_path: Path) -> None:
    (command,) = [command for command in COMMANDS if command.startswith("printf")]
    run(command, repository, tmp_path / "home")
    found = json.loads(run("quizkorea due --json", repository, tmp_path / "home").stdout)
    assert (found["answered_today"], found["new"], found["learning"]) == (3, 17, 3)


@pytest.mark.parametrize("target", ["run", "test", "check", "format", "bench"])
def test_the_makefile_has_the_targets_that_the_docs_name(target: str, repository: Path) -> None:
    makefile = (repository / "Makefile").read_text("utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    docs = README + (repository / "CONTRIBUTING.md").read_text("utf-8")
    assert f"make {target}" in docs


def test_every_file_that_the_readme_points_to_is_there(repository: Path) -> None:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert len(targets) >= 4
    for target in targets:
        assert (repository / target).exists(), target
