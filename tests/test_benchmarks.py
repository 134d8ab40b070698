"""The benchmarks run, at a size at which nothing can be said of speed, and keep what is written by hand."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))  # the benchmarks are no part of the installed program

from benchmarks import anki_peer, terminal
from benchmarks.__main__ import README, SECTIONS, run_section
from benchmarks.figures import Against, Figure, Section, floor_goal, peer_aim, peer_goal
from benchmarks.scale import tiny
from benchmarks.surroundings import head_text
from benchmarks.table import BEGIN, END, rewritten, section_text
from benchmarks.workspace import Workspace

IS_POSIX = hasattr(os, "posix_spawn")
needs_posix = pytest.mark.skipif(not IS_POSIX, reason="processes are started the way of POSIX systems")
needs_terminal = pytest.mark.skipif(not terminal.IS_AVAILABLE, reason="this system has no pseudo-terminals")


def run(name: str, folder: Path) -> Section:
    folder.mkdir()
    return run_section(name, Workspace(folder), tiny())


def values(figure: Figure) -> list[float | None]:
    return [figure.ours, figure.peer, figure.floor]


@pytest.mark.parametrize(
    "name",
    [
        "step",
        pytest.param("due", marks=needs_posix),
        "sync",
        "counts",
        pytest.param("memory", marks=needs_posix),
        pytest.param("screen", marks=needs_terminal),
        "export",
        "rebuild",
    ],
)
def test_every_section_gives_positive_figures(name: str, tmp_path: Path) -> None:
    section = run(name, tmp_path / "work")
    assert section.name == name
    assert section.figures
    for figure in section.figures:
        assert any(value is not None for value in values(figure))
        assert all(value is None or value > 0 for value in values(figure)), figure
        assert name == "export" or figure.ours is not None
    if name not in ("screen", "rebuild"):
        assert any(figure.peer for figure in section.figures) == anki_peer.IS_INSTALLED
    assert section_text(section, "2026-03-02").count("\n| ") == len(section.figures) + 2


def test_without_the_peer_its_column_stays_empty_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anki_peer, "IS_INSTALLED", False)
    monkeypatch.setattr(anki_peer, "NAME", anki_peer.NOT_INSTALLED)
    section = run("counts", tmp_path / "work")
    text = section_text(section, "2026-03-02")
    assert all(figure.peer is None for figure in section.figures)
    assert "not installed" in text


def test_a_goal_is_judged_in_words() -> None:
    assert Figure("x", 2.0, 4.0, 1.0, (peer_goal(0.5),)).verdict == "holds"
    assert Figure("x", 2.1, 4.0, 1.0, (peer_goal(0.5),)).verdict == "MISSED"
    assert Figure("x", 2.1, 4.0, 1.0, (peer_aim(0.5),)).verdict == "not reached"
    assert Figure("x", 2.0, None, 1.0, (peer_goal(0.5),)).verdict == "not measured"
    assert Figure("x", 2.0, 4.0, 1.0).verdict == "no goal"
    both = Figure("x", 2.0, 4.0, 1.0, (peer_goal(0.8), floor_goal(1.8)))
    assert both.verdict == "≤ 0.8x peer: holds; ≤ 1.8x floor: MISSED"
    assert both.ratio(Against.FLOOR) == 2.0


def one_section(name: str, ours: float) -> str:
    return section_text(Section(name, "a peer", "a floor", (Figure("a thing", ours),)), "2026-03-02")


def test_rewriting_the_readme_keeps_the_text_by_hand_and_the_sections_that_were_not_run() -> None:
    empty = f"# By hand\n\nabove\n\n{BEGIN}\n{END}\n\nbelow\n"
    first = rewritten(empty, "head one\n", {name: one_section(name, 1.0) for name in ("due", "step")}, SECTIONS)
    second = rewritten(first, "head two\n", {"due": one_section("due", 2.0)}, SECTIONS)
    assert second.startswith(f"# By hand\n\nabove\n\n{BEGIN}\nhead two\n\n### step\n")
    assert second.endswith(f"\n{END}\n\nbelow\n")
    assert second.count("### ") == 2
    assert "head one" not in second
    assert one_section("step", 1.0) in second
    assert one_section("due", 2.0) in second
    assert rewritten(second, "head two\n", {}, SECTIONS) == second
    with pytest.raises(ValueError, match="lacks"):
        rewritten("no markers", "head\n", {}, SECTIONS)


def test_the_readme_has_its_markers_and_no_place_of_any_machine(tmp_path: Path) -> None:
    text = README.read_text("utf-8")
    assert rewritten(text, "head\n", {}, SECTIONS).startswith("# Benchmarks")
    head = head_text(tmp_path, "2026-03-02")
    for said in (text, head):
        assert "/tmp" not in said
        assert "/home" not in said
    assert "cores" in head
