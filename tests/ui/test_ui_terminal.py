"""The app in a real pseudo-terminal: how it ends, and what it leaves behind."""

from __future__ import annotations

import os
import select
import signal
import sys
from pathlib import Path

import pytest

from builders import Desk, facts

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

SCREEN_ON, SCREEN_OFF = b"\x1b[?1049h", b"\x1b[?1049l"


PATIENCE_SECONDS = 20


class Terminal:
    """The program at the other end of a pseudo-terminal."""

    def __init__(self, desk: Desk, *arguments: str) -> None:
        self.seen = b""
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.environ |= {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks), "TERM": "xterm"}
            os.execv(sys.executable, [sys.executable, "-m", "quizkorea", *arguments])

    def read_until(self, wanted: bytes) -> None:
        """Read what is drawn until something stands there; the program must not end before."""
        while wanted not in self.seen:
            self.seen += self._read()

    def _read(self) -> bytes:
        if not select.select([self.end], [], [], PATIENCE_SECONDS)[0]:
            os.kill(self.pid, signal.SIGKILL)
            raise AssertionError(f"nothing came for {PATIENCE_SECONDS} seconds")
        return os.read(self.end, 65536)

    def finish(self) -> int:
        """Read to the end; the exit code."""
        try:
            while piece := self._read():
                self.seen += piece
        except OSError:  # the other end is closed
            pass
        os.close(self.end)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.mark.parametrize("arguments", [["study", "nosuch"], ["study", "--tag", "nosuch"]])
def test_wrong_usage_never_takes_the_screen(desk: Desk, arguments: list[str]) -> None:
    desk.write("d", *facts(2))
    terminal = Terminal(desk, *arguments)
    assert terminal.finish() == 2
    assert terminal.seen.startswith(b"quizkorea: ")
    assert SCREEN_ON not in terminal.seen
    assert b"Traceback" not in terminal.seen


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_gives_the_terminal_back(desk: Desk, number: int) -> None:
    desk.write("d", *facts(2))
    terminal = Terminal(desk, "study")
    terminal.read_until(b"n1")
    os.kill(terminal.pid, number)
    assert terminal.finish() == 128 + number
    assert terminal.seen.rindex(SCREEN_OFF) > terminal.seen.rindex(SCREEN_ON)


def test_a_fault_of_ours_is_said_without_a_traceback(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import quizkorea.trainer.studying as s\n"
        "def judge(self, text): raise ZeroDivisionError('oops')\n"
        "s.StudySession.judge = judge\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    desk.write("d", *facts(2))
    terminal = Terminal(desk, "study")
    terminal.read_until(b"n1")
    os.write(terminal.end, b"x\r")
    assert terminal.finish() == 3
    said = terminal.seen[terminal.seen.rindex(SCREEN_OFF) :]
    assert b"a fault of the program, not yours: ZeroDivisionError: oops" in said
    assert b"Traceback" not in said
