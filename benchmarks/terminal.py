"""A program in a real pseudo-terminal, and the time until something stands on its screen."""

from __future__ import annotations

import os
import re
import select
import subprocess
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

LINES, COLUMNS = 30, 100
PATIENCE_SECONDS = 30
IS_AVAILABLE = find_spec("pty") is not None and find_spec("termios") is not None


class Terminal:
    """A program that was started at the moment of making this."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str]) -> None:
        import fcntl  # not on every system
        import pty
        import struct
        import termios

        self._end, other_end = pty.openpty()
        fcntl.ioctl(other_end, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        full = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
        self._seen = b""
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            argv, stdin=other_end, stdout=other_end, stderr=other_end, env=full, start_new_session=True
        )
        os.close(other_end)

    def wait_for(self, pattern: bytes, other_than: bytes = b"") -> tuple[bytes, float]:
        """Read until something new is drawn; what it is, and the time at which it came.

        `other_than` is a text that matches too but is not meant. What was drawn before counts as old.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for match in re.finditer(pattern, self._seen):
                if match[0] != other_than:
                    self._seen = self._seen[match.end() :]
                    return match[0], time.perf_counter()
            self._read()
        raise TimeoutError(f"{pattern!r} was not drawn for {PATIENCE_SECONDS} seconds; the last was {self._tail!r}")

    def press(self, key: bytes) -> float:
        """Press a key after all that is still being drawn; the time of the press."""
        while select.select([self._end], [], [], 0.05)[0]:
            self._read()
        self._seen = b""
        pressed = time.perf_counter()
        os.write(self._end, key)
        return pressed

    def press_at_once(self, key: bytes) -> None:
        """Press a key whatever is being drawn."""
        self._seen = b""
        os.write(self._end, key)

    def _read(self) -> None:
        if not select.select([self._end], [], [], PATIENCE_SECONDS)[0]:
            raise TimeoutError(f"nothing was drawn for {PATIENCE_SECONDS} seconds; the last was {self._tail!r}")
        self._seen += os.read(self._end, 65536)

    @property
    def _tail(self) -> bytes:
        return self._seen[-300:]

    def peak_mb(self) -> float | None:
        """The most memory that the program has had so far; None where the system does not say."""
        try:
            with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
                kilobytes = next(line.split()[1] for line in status if line.startswith("VmHWM"))
        except (OSError, StopIteration):
            return None
        return int(kilobytes) / 1024

    def close(self) -> None:
        """End the program and let go of the terminal."""
        self.process.terminate()
        try:
            while True:
                if not os.read(self._end, 65536):
                    break
        except OSError:  # the other end is closed
            pass
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self._end)
