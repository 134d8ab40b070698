"""`quizkorea due` as a whole process, with nothing warm but the disk."""

from __future__ import annotations

import json
import subprocess
import sys

from benchmarks import anki_peer
from benchmarks.figures import Figure, Section, floor_goal, peer_goal
from benchmarks.processes import PROGRAMS, Program, Runs, console_script, python, quizkorea, run_in_turn, talk_of
from benchmarks.scale import DECKS, Scale, decks_of, due_of
from benchmarks.stores import OurHome
from benchmarks.workspace import Workspace

NAME = "due"
REVIEWS_A_DAY = 200
"""Our cap when no settings are made."""
_OURS, _MODULE, _ANKI, _IMPORTS, _PASS = "ours", "module", "anki", "imports", "pass"


def run(workspace: Workspace, scale: Scale) -> Section:
    """Every size by itself; within a size the programs run in turn."""
    figures = [figure for size in scale.sizes for figure in _figures(workspace, scale, size)]
    floor = "python that imports sqlite3 and click"
    note = "" if console_script() else "The command is not installed here; `python -m quizkorea` stands for it."
    return Section(NAME, f"{anki_peer.NAME}, printing its counts", floor, figures, (note,) if note else ())


def _figures(workspace: Workspace, scale: Scale, size: int) -> list[Figure]:
    home = workspace.home(size)
    folder = workspace.fresh("due")
    programs = _programs(workspace, home, size)
    workspace.settle()
    runs = run_in_turn(programs, scale.processes, folder, warm_ups=min(1, scale.processes - 1))
    _check_ours(home, size)
    if _ANKI in runs:
        assert talk_of(folder, _ANKI).read_text().split()[0] == str(due_of(size))
    return _rows(runs, size)


def _programs(workspace: Workspace, home: OurHome, size: int) -> dict[str, Program]:
    programs = {
        _OURS: quizkorea(home.environment, "due"),
        _MODULE: Program([sys.executable, "-m", "quizkorea", "due"], home.environment),
        _IMPORTS: python("-c", "import sqlite3, click"),
        _PASS: python("-c", "pass"),
    }
    if anki_peer.IS_INSTALLED:
        path = str(workspace.collection_copy(size, DECKS))
        programs[_ANKI] = python(str(PROGRAMS / "anki_due.py"), path)
    return programs


def _check_ours(home: OurHome, size: int) -> None:
    program = quizkorea({}, "--home", str(home.folder), "--decks", str(home.decks), "due", "--json")
    counted = json.loads(subprocess.run(program.argv, stdout=subprocess.PIPE, check=True).stdout)
    assert counted["review"] == min(due_of(size), REVIEWS_A_DAY), counted
    assert len(counted["decks"]) == decks_of(size)


def _rows(runs: dict[str, Runs], size: int) -> list[Figure]:
    anki = runs.get(_ANKI)
    anki_ms, anki_mb = (anki.p50_ms, anki.peak_mb) if anki else (None, None)
    ours, imports = runs[_OURS], runs[_IMPORTS]
    goals = (peer_goal(0.25), floor_goal(2.0))
    return [
        Figure(f"`quizkorea due`, {size:,} cards", ours.p50_ms, anki_ms, imports.p50_ms, goals),
        Figure(f"`python -m quizkorea due`, {size:,} cards", runs[_MODULE].p50_ms, anki_ms, imports.p50_ms, goals),
        Figure(f"floor here: bare `python -c pass`, {size:,} cards", ours.p50_ms, None, runs[_PASS].p50_ms),
        Figure(f"peak memory, {size:,} cards", ours.peak_mb, anki_mb, imports.peak_mb, (peer_goal(0.5),), "MB"),
    ]
