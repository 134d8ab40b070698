"""How much memory a process has at most while it is studied with."""

from __future__ import annotations

from pathlib import Path

from benchmarks import anki_peer
from benchmarks.figures import Figure, Section, peer_goal
from benchmarks.processes import PROGRAMS, Program, python, quizkorea, run_in_turn
from benchmarks.scale import DECKS, Scale
from benchmarks.stores import OurHome, reviews_in
from benchmarks.workspace import Workspace

NAME = "memory"
_STUDY, _DUE, _ANKI_STUDY, _ANKI_DUE, _FLOOR = "study", "due", "anki study", "anki due", "floor"


def run(workspace: Workspace, scale: Scale) -> Section:
    """All programs in turn."""
    home = workspace.home_copy(scale.size)
    answers = min(scale.plain_answers, scale.size // 10)
    keys = workspace.fresh("keys")
    keys.write_text("\n3\n" * answers + "q\n")
    programs = _programs(workspace, home, keys, scale.size, answers)
    rows_before = reviews_in(home)
    runs = run_in_turn(programs, scale.sittings, workspace.fresh("memory"), warm_ups=0)
    assert reviews_in(home) - rows_before == scale.sittings * answers
    peaks = {name: taken.peak_mb for name, taken in runs.items()}
    floor = peaks[_FLOOR]
    study = f"`study --plain`, {answers} answers, {scale.size:,} cards"
    figures = [
        Figure(study, peaks[_STUDY], peaks.get(_ANKI_STUDY), floor, (peer_goal(0.5),), "MB"),
        Figure(f"`due`, {scale.size:,} cards", peaks[_DUE], peaks.get(_ANKI_DUE), floor, (peer_goal(0.5),), "MB"),
    ]
    peer = f"{anki_peer.NAME}, doing the same"
    return Section(NAME, peer, "python that imports sqlite3 and click", figures)


def _programs(workspace: Workspace, home: OurHome, keys: Path, size: int, answers: int) -> dict[str, Program]:
    programs = {
        _STUDY: quizkorea(home.environment, "study", "--plain", stdin=str(keys)),
        _DUE: quizkorea(home.environment, "due"),
        _FLOOR: python("-c", "import sqlite3, click"),
    }
    if anki_peer.IS_INSTALLED:
        review, due = workspace.collection_copy(size), workspace.collection_copy(size, DECKS)
        programs[_ANKI_STUDY] = python(str(PROGRAMS / "anki_review.py"), str(review), str(answers))
        programs[_ANKI_DUE] = python(str(PROGRAMS / "anki_due.py"), str(due))
    return programs
