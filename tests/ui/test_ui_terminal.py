"""The app in a real pseudo-terminal: how it ends, and what it leaves behind."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from ui_stage import texts_in

from builders import Desk, facts

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

SCREEN_ON, SCREEN_OFF = b"\x1b[?1049h", b"\x1b[?1049l"


PATIENCE_SECONDS = 20
GUARDED_SECONDS = 0.2


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
        deadline = time.monotonic() + PATIENCE_SECONDS
        while wanted not in self.seen:
            self.seen += self._read()
            if time.monotonic() > deadline:  # a cursor that blinks is always something new
                os.kill(self.pid, signal.SIGKILL)
                raise AssertionError(f"{wanted!r} did not come in {PATIENCE_SECONDS} seconds")

    def _read(self) -> bytes:
        if not select.select([self.end], [], [], PATIENCE_SECONDS)[0]:
            os.kill(self.pid, signal.SIGKILL)
            raise AssertionError(f"nothing came for {PATIENCE_SECONDS} seconds")
        return os.read(self.end, 65536)

    def write(self, text: str) -> None:
        """Type, or paste."""
        os.write(self.end, text.encode())

    def read_while_not(self, is_so: Callable[[], bool], seconds: float) -> None:
        """Let the program go on until something is so; it must be within these seconds."""
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"it did not come to be in {seconds} seconds"
            if select.select([self.end], [], [], 0.02)[0]:
                self.seen += os.read(self.end, 65536)

    def press(self, key: str) -> None:
        """Press a key that would be taken for a slip of the hand if it came at once."""
        moment = time.monotonic() + GUARDED_SECONDS
        self.read_while_not(lambda: time.monotonic() > moment, 2 * PATIENCE_SECONDS)
        self.write(key)

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
    assert terminal.finish() == 130
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


ESSAY = """
id: why
type: interpretation
contested: false
question: Why did it begin here?
key_points:
- text: one
- text: two
- text: three
model_answer: A model.
"""
TEXT = "Because nobody hindered it"
SAVED_WITHIN_SECONDS = 5


def test_a_long_answer_survives_a_kill_and_is_there_again(desk: Desk) -> None:
    desk.write("d", ESSAY)
    terminal = Terminal(desk, "study")
    terminal.read_until(b"Why did it begin")
    terminal.write(TEXT)
    terminal.read_until(b"hindered")
    terminal.read_while_not(lambda: texts_in(desk) == [TEXT], SAVED_WITHIN_SECONDS)
    os.kill(terminal.pid, signal.SIGKILL)
    assert terminal.finish() == -signal.SIGKILL
    again = Terminal(desk, "study")
    again.read_until(TEXT.encode())
    again.write(" at all\x13")  # the cursor stands at the end; ctrl+s
    again.read_until(b"Key points")
    os.kill(again.pid, signal.SIGKILL)
    again.finish()
    assert texts_in(desk) == [f"{TEXT} at all"]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, "\x11", "\x03"])
def test_a_long_answer_is_saved_on_every_way_out(desk: Desk, end: int | str) -> None:
    desk.write("d", ESSAY)
    terminal = Terminal(desk, "study")
    terminal.read_until(b"Why did it begin")
    terminal.write(TEXT)
    terminal.read_until(b"hindered it")
    if isinstance(end, str):
        terminal.write(end)
    else:
        os.kill(terminal.pid, end)
    assert terminal.finish() == (0 if isinstance(end, str) else 130)
    assert texts_in(desk) == [TEXT]


def test_a_lost_store_is_told_on_screen_and_once_more_where_it_can_be_copied(desk: Desk) -> None:
    desk.write("d", *facts(2))
    terminal = Terminal(desk, "study")
    terminal.read_until(b"n1")
    for path in desk.home.store.parent.glob(f"{desk.home.store.name}*"):
        path.unlink()
    terminal.press("\r")
    terminal.read_until(b"Easy")
    terminal.press("3")
    terminal.read_until(b"The program cannot go on")
    terminal.press("\r")
    assert terminal.finish() == 3
    said = terminal.seen[terminal.seen.rindex(SCREEN_OFF) :].decode()
    command = re.search(r"quizkorea: The store .* was deleted or replaced .*quizkorea restore (\S+)\r$", said, re.M)
    assert command, said
    assert Path(command[1]).is_file()
    assert "Traceback" not in said
