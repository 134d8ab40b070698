"""The program as a process of its own on a machine where things go wrong, and what must hold after every fault."""

from __future__ import annotations

import os
import re
import select
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from builders import Desk, facts
from quizkorea.trainer.folders import Home

PATIENCE_SECONDS = 30
CURE = re.compile(
    r"[.:] (Bring|Check|Close|Delete|Free|Give|Install|It takes|Make|Mend|Move|Name|Put|Run|Start|The settings|Try)\b"
)
"""Where the second sentence says what to do."""

# What must be done between fork and start is done by a launcher, which then becomes the program: `preexec_fn` is not
# safe beside threads. It sets a limit on the size of files, gives up root's power over rights, takes a terminal.
LAUNCHER = """
import os, signal, sys
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)  # whoever runs the tests may have turned them off
size, powerless, terminal, *command = sys.argv[1:]
if size:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))
if powerless and os.geteuid() == 0:
    import ctypes
    PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
    for power in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, power, 0, 0, 0)
if terminal:
    import fcntl, termios
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *command])
"""


def launched(*command: str, file_size: int | None = None, powerless: bool = False, terminal: bool = False) -> list[str]:
    """A command of Python's that starts under some conditions."""
    options = ["" if file_size is None else str(file_size), "1" if powerless else "", "1" if terminal else ""]
    return [sys.executable, "-c", LAUNCHER, *options, *command]


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it said."""

    code: int
    out: str
    err: str


class Program:
    """A process of the program at work, in line mode."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=env, bufsize=0)
        self.seen = ""
        self.acknowledged = 0
        """Answers that the program has taken: it has gone on to another card since."""

    def type(self, text: str) -> None:
        """Type; a program that has gone does not hear it."""
        assert self.process.stdin
        with suppress(BrokenPipeError):
            self.process.stdin.write(text.encode())

    def read_until(self, wanted: str) -> bool:
        """Read what it says until something new stands there; False when it ends before."""
        assert self.process.stdout
        here = len(self.seen)
        while wanted not in self.seen[here:]:
            ready = select.select([self.process.stdout], [], [], PATIENCE_SECONDS)[0]
            assert ready, f"nothing came for {PATIENCE_SECONDS} seconds after: {self.seen[-300:]}"
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                return False
            self.seen += piece.decode()
        return True

    def answer(self, times: int = 1) -> bool:
        """Answer cards one after another with Easy; False when the program ended instead of going on."""
        for _ in range(times):
            self.type("\n4\n")
            if not self.read_until(f"[{self.acknowledged + 1} done"):
                return False
            self.acknowledged += 1
        return True

    def wait_while(self, condition: Callable[[], bool]) -> None:
        """Wait until something is no longer so, or the program says something or ends."""
        for _ in range(PATIENCE_SECONDS * 1000):
            if not condition() or select.select([self.process.stdout], [], [], 0.001)[0]:
                return
        raise AssertionError(f"nothing happened for {PATIENCE_SECONDS} seconds")

    def finish(self, typed: str = "") -> Ended:
        """Type the last lines, end the input, and wait for the end."""
        out, err = self.process.communicate(typed.encode(), timeout=PATIENCE_SECONDS)
        return Ended(self.process.returncode, self.seen + out.decode(), err.decode())

    def stop(self) -> None:
        """End it at once if it still runs, and close its streams."""
        self.process.kill()
        self.process.communicate(timeout=PATIENCE_SECONDS)


class Scene:
    """A desk whose program runs in processes of its own, and what is to be seen of it from outside."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.temporary = desk.root / "temporary"
        self.temporary.mkdir()
        self._programs: list[Program] = []

    # --- before the fault ------------------------------------------------------------------------------------------

    def lay_out(self, cards: int = 60, home: Path | None = None) -> Scene:
        """A deck of facts, a home that caps nothing."""
        if home is not None:
            self.desk.home = Home(home)
        self.home.mkdir(parents=True)
        self.config.write_text("new_per_day = 9999\n")
        self.desk.write("d", *facts(cards))
        return self

    @property
    def home(self) -> Path:
        """The home of the learner."""
        return self.desk.home.folder

    @property
    def store(self) -> Path:
        """The learner's store."""
        return self.desk.home.store

    @property
    def config(self) -> Path:
        """The learner's settings."""
        return self.desk.home.config

    def env(self) -> dict[str, str]:
        """The environment of the program. It leaves no byte code behind: a full disk would cut it short."""
        ours = {"QUIZKOREA_HOME": str(self.home), "QUIZKOREA_DECKS": str(self.desk.decks)}
        return {**os.environ, **ours, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(self.temporary)}

    def command(self, *arguments: str, **conditions: Any) -> list[str]:
        """The command that starts the program under some conditions."""
        return launched("-m", "quizkorea", *arguments, **conditions)

    def start(self, *arguments: str, **conditions: Any) -> Program:
        """Start the program, `study --plain` unless told otherwise."""
        command = self.command(*(arguments or ("study", "--plain")), **conditions)
        self._programs.append(Program(command, self.env()))
        return self._programs[-1]

    def start_studying(self, answers: int = 0, **conditions: Any) -> Program:
        """A session in line mode that has taken some answers and shows the next question."""
        program = self.start(**conditions)
        assert program.read_until("[0 done")
        assert program.answer(answers)
        return program

    def run(self, *arguments: str, typed: str = "", **conditions: Any) -> Ended:
        """Run the program to its end; without arguments the bare command."""
        self._programs.append(Program(self.command(*arguments, **conditions), self.env()))
        return self._programs[-1].finish(typed)

    def study(self, answers: int) -> int:
        """A session without any fault; the number of answers."""
        ended = self.run("study", "--plain", typed="\n4\n" * answers + "q\n")
        assert (ended.code, ended.err) == (0, "")
        return answers

    def close(self) -> None:
        """End what is still running."""
        for program in self._programs:
            program.stop()

    # --- after the fault -------------------------------------------------------------------------------------------

    def files(self) -> dict[str, bytes]:
        """The store with its logs, and the settings, as bytes."""
        return {path.name: path.read_bytes() for path in self.home.iterdir() if path.is_file()}

    def rows(self, store: Path | None = None) -> list[tuple[int, int]]:
        """The log of a store that must be sound: (id, card)."""
        with closing(sqlite3.connect(store or self.store)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'review_log'").fetchall():
                return []
            return connection.execute("SELECT id, card_key FROM review_log ORDER BY id").fetchall()

    def check_kept(self, answers: int) -> None:
        """So many answers are in the log, each once, and the next session adds to them."""
        rows = self.rows()
        assert len({key for _, key in rows}) == len(rows) == answers
        ended = self.run("study", "--plain", typed="\n4\n")
        assert (ended.code, ended.err) == (0, "")
        assert len(self.rows()) == answers + 1


def check_said(ended: Ended, *named: object, code: int = 3) -> None:
    """The fault was said in one line of ours, which names what is concerned and says what to do."""
    assert "Traceback" not in ended.err + ended.out
    assert "fault of the program" not in ended.err, ended.err
    assert ended.code == code, ended
    assert ended.err.startswith("quizkorea: "), ended.err
    assert ended.err.count("\n") == 1, ended.err
    for name in named:
        assert str(name) in ended.err
    assert CURE.search(ended.err), f"nothing says what to do: {ended.err}"


Said = Callable[..., None]


@pytest.fixture
def said() -> Said:
    """The check of how a fault was said."""
    return check_said


@pytest.fixture
def scene(desk: Desk) -> Iterator[Scene]:
    """One scene; no process outlives it."""
    made = Scene(desk)
    yield made
    made.close()


@pytest.fixture(scope="session")
def _rights_bind(tmp_path_factory: pytest.TempPathFactory) -> bool:
    closed = tmp_path_factory.mktemp("rights") / "closed"
    closed.write_text("")
    closed.chmod(0)
    look = "import os, sys; sys.exit(os.access(sys.argv[1], os.R_OK))"
    command = launched("-c", look, str(closed), powerless=True)
    return subprocess.run(command, timeout=PATIENCE_SECONDS, check=False).returncode == 0


@pytest.fixture
def weak_scene(scene: Scene, _rights_bind: bool) -> Scene:
    """A scene for a program that is started `powerless`: rights bind it even if root runs the tests."""
    if not _rights_bind:
        pytest.skip("rights do not bind whoever runs the tests, and that power cannot be given up here")
    return scene.lay_out()


class Disk:
    """A small file system of its own."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        folder.mkdir()
        self.mount("-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs")

    def mount(self, *options: str) -> None:
        """Mount, or mount anew with other options."""
        command = ["mount", *options, str(self.folder)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
        if ended.returncode:
            pytest.skip(f"no file system can be mounted here: {ended.stderr.strip()}")

    def fill(self, leave: int = 0) -> None:
        """Leave so many bytes free, counted in whole pages."""
        room = os.statvfs(self.folder)
        with (self.folder / "ballast").open("ab") as ballast:
            ballast.write(bytes((room.f_bavail - leave // room.f_frsize) * room.f_frsize))

    def free(self) -> None:
        """Give the space back."""
        (self.folder / "ballast").unlink()

    def remove(self) -> None:
        """Take the file system away, whoever still holds it."""
        subprocess.run(["umount", "--lazy", str(self.folder)], timeout=PATIENCE_SECONDS, check=True)


MakeDisk = Callable[[int], Disk]


@pytest.fixture
def make_disk(tmp_path: Path, scene: Scene) -> Iterator[MakeDisk]:
    """Make small disks, which only root can; they are taken away whatever happens."""
    disks: list[Disk] = []

    def make(size: int) -> Disk:
        if sys.platform != "linux" or os.geteuid() or not shutil.which("mount"):
            pytest.skip("only root on Linux can mount a file system")
        disks.append(Disk(tmp_path / f"disk{len(disks)}", size))
        return disks[-1]

    yield make
    scene.close()
    for disk in disks:
        disk.remove()


GUARD_SECONDS = 0.2
"""Longer than the keys are deaf after a card or its answer came up."""
SCREEN_OFF = b"\x1b[?1049l"
_ESCAPES = re.compile(rb"\x1b\[[0-9;:<=>?]*[a-zA-Z]|\x1b\][^\x07]*\x07|\x1b[()=>].?")


class Screen:
    """The program at the other end of a pseudo-terminal."""

    def __init__(self, scene: Scene, *arguments: str, **conditions: Any) -> None:
        self.end, other = pytest.importorskip("pty").openpty()
        env = scene.env() | {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
        command = scene.command(*arguments, terminal=True, **conditions)
        self.process = subprocess.Popen(
            command, stdin=other, stdout=other, stderr=other, env=env, start_new_session=True
        )
        os.close(other)
        self.seen = b""

    def _read(self, seconds: float) -> bool:
        """Read what is drawn within some time; False at the end of the program."""
        if not select.select([self.end], [], [], max(0.0, seconds))[0]:
            return True
        try:
            piece = os.read(self.end, 65536)
        except OSError:  # the other end is closed
            return False
        self.seen += piece
        return bool(piece)

    def read_until(self, *wanted: bytes) -> None:
        """Read what is drawn until one of some texts stands there anew."""
        here, until = len(self.seen), monotonic() + PATIENCE_SECONDS
        while not any(text in self.seen[here:] for text in wanted):
            assert monotonic() < until, f"none of {wanted} was drawn: {self.text(here)[-500:]}"
            assert self._read(until - monotonic()), f"it ended without {wanted}: {self.text(here)[-500:]}"

    def text(self, here: int = 0) -> str:
        """What was drawn, without what only paints."""
        return _ESCAPES.sub(b"", self.seen[here:]).decode("utf-8", "replace")

    def press(self, key: bytes, *wanted: bytes) -> None:
        """Press a key when keys are heard again; read until one of some texts is drawn."""
        until = monotonic() + GUARD_SECONDS
        while monotonic() < until:
            self._read(until - monotonic())
        os.write(self.end, key)
        if wanted:
            self.read_until(*wanted)

    def finish(self) -> tuple[int, str]:
        """Close what is still on screen, read to the end; the exit code, and what stands below the screen."""
        until = monotonic() + PATIENCE_SECONDS
        with suppress(OSError):
            self.press(b"\r")
        while self._read(until - monotonic()):
            assert monotonic() < until, f"it did not end: {self.text()[-500:]}"
        code = self.process.wait(timeout=PATIENCE_SECONDS)
        last = _ESCAPES.sub(b"", self.seen[self.seen.rfind(SCREEN_OFF) + 1 :])
        return code, last.decode("utf-8", "replace")

    def stop(self) -> None:
        """End it at once if it still runs."""
        self.process.kill()
        self.process.wait(timeout=PATIENCE_SECONDS)
        os.close(self.end)


OpenScreen = Callable[..., Screen]


@pytest.fixture
def open_screen(scene: Scene) -> Iterator[OpenScreen]:
    """Open screens over the scene; none outlives it."""
    screens: list[Screen] = []

    def open_one(*arguments: str, **conditions: Any) -> Screen:
        screens.append(Screen(scene, *arguments, **conditions))
        return screens[-1]

    yield open_one
    for screen in screens:
        screen.stop()
