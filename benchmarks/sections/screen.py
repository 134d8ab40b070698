"""What a learner waits for, in a real pseudo-terminal: the first question, and the next one after a rating."""

from __future__ import annotations

import statistics
import sys
import time

from benchmarks.figures import Figure, Section, floor_aim
from benchmarks.processes import PROGRAMS, console_script
from benchmarks.scale import Scale
from benchmarks.stores import OurHome, reviews_in
from benchmarks.terminal import COLUMNS, IS_AVAILABLE, LINES, Terminal
from benchmarks.timing import FLOOR, OURS, Samples
from benchmarks.workspace import Workspace

NAME = "screen"
QUESTION = rb"Q\d{6}"
ANSWER = rb"A\d{6}"
ECHO = "ß".encode()
"""A key that shows itself in the field for the answer, and that nothing else on the screen contains."""
BACKSPACE = b"\x7f"
GUARD_SECONDS = 0.17
"""The program takes no second key for its own reasons this soon after a reveal or a rating: it may be one held down."""


class _Contest:
    """Samples of both programs."""

    def __init__(self) -> None:
        self.start, self.ready, self.key = Samples(), Samples(), Samples()
        self.peaks: dict[str, list[float]] = {OURS: [], FLOOR: []}

    def keep_peak(self, name: str, terminal: Terminal) -> None:
        """Remember how much memory it has had."""
        peak = terminal.peak_mb()
        if peak is not None:
            self.peaks[name].append(peak)

    def peak_mb(self, name: str) -> float | None:
        """The median of the peaks; None where the system does not say."""
        return statistics.median(self.peaks[name]) if self.peaks[name] else None


def run(workspace: Workspace, scale: Scale) -> Section:
    """Both programs in turn, as often as the scale says."""
    floor = "a minimal Textual app: one line of text, replaced at each key"
    if not IS_AVAILABLE:
        return Section(NAME, "none", floor, (), ("No pseudo-terminals on this system: not measured.",))
    home = workspace.home_copy(scale.size)
    rows_before, contest = reviews_in(home), _Contest()
    for _ in range(scale.starts):
        _drive_ours(home, contest, scale.keys)
        _drive_minimal(contest, scale.keys)
    assert reviews_in(home) - rows_before == scale.starts * scale.keys
    return Section(NAME, "none", floor, _figures(contest, scale.size), (f"Terminal of {COLUMNS} x {LINES}.",))


def _drive_ours(home: OurHome, contest: _Contest, keys: int) -> None:
    script = console_script()
    argv = [script, "study"] if script else [sys.executable, "-m", "quizkorea", "study"]
    terminal = Terminal(argv, home.environment)
    try:
        question, shown = terminal.wait_for(QUESTION)
        contest.start.add(OURS, shown - terminal.started)
        terminal.press_at_once(ECHO)
        contest.ready.add(OURS, terminal.wait_for(ECHO)[1] - terminal.started)
        terminal.press(BACKSPACE)
        for number in range(keys):
            _pause(number)
            terminal.press(b"\r")
            terminal.wait_for(ANSWER)
            _pause(number)
            pressed = terminal.press(b"3")
            question, shown = terminal.wait_for(QUESTION, other_than=question)
            contest.key.add(OURS, shown - pressed)
        contest.keep_peak(OURS, terminal)
    finally:
        terminal.close()


def _drive_minimal(contest: _Contest, keys: int) -> None:
    terminal = Terminal([sys.executable, str(PROGRAMS / "minimal_app.py")], {})
    try:
        word, shown = terminal.wait_for(QUESTION)
        contest.start.add(FLOOR, shown - terminal.started)
        terminal.press_at_once(b"\r")
        word, shown = terminal.wait_for(QUESTION, other_than=word)
        contest.ready.add(FLOOR, shown - terminal.started)
        for number in range(keys):
            time.sleep(0.02 + number % 7 * 0.003)
            pressed = terminal.press(b"3")
            word, shown = terminal.wait_for(QUESTION, other_than=word)
            contest.key.add(FLOOR, shown - pressed)
        contest.keep_peak(FLOOR, terminal)
    finally:
        terminal.close()


def _pause(number: int) -> None:
    """As a hand would, and never in step with anything that ticks."""
    time.sleep(GUARD_SECONDS + number % 7 * 0.003)


def _figures(contest: _Contest, size: int) -> list[Figure]:
    def figure(what: str, samples: Samples, most: float) -> Figure:
        return Figure(what, samples.p50_ms(OURS), None, samples.p50_ms(FLOOR), (floor_aim(most),))

    figures = [
        figure(f"start to first question readable, {size:,} cards", contest.start, 0.2),
        figure(f"start to first key answered, {size:,} cards", contest.ready, 1.15),
        figure(f"rating key to next question painted, {size:,} cards", contest.key, 1.5),
    ]
    peak = contest.peak_mb(OURS)
    if peak is not None:
        goals = (floor_aim(1.2),)
        figures.append(Figure("peak memory of that session", peak, None, contest.peak_mb(FLOOR), goals, "MB"))
    return figures
