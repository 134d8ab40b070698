"""`backup`, `restore` and `doctor` as a learner types them: what is said, where, with which exit code."""

from __future__ import annotations

import os
import re
import select
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shlex import quote
from typing import Any

import pytest

from builders import Desk, facts
from quizkorea.core.schedule import Rating
from quizkorea.trainer import doctor

PATIENCE_SECONDS = 60
Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _an_ordinary_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A local disk with room; reports of faults go to a folder of the test."""
    monkeypatch.setattr(doctor, "read_mounts", lambda: "/dev/sda1 / ext4 rw 0 0\n")
    monkeypatch.setattr(doctor, "free_bytes", lambda _folder: 10_000_000_000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def studied(desk: Desk, answers: int = 3) -> Desk:
    """A desk whose learner has given some answers."""
    desk.write("d", *facts(60))
    desk.rate_all(Rating.EASY, limit=answers)
    return desk


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a sound store holds, table by table."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


def reviews(path: Path) -> int:
    return len(dump(path)["review_log"])


def copies(desk: Desk) -> list[str]:
    return sorted(path.name for path in desk.home.backups.iterdir()) if desk.home.backups.is_dir() else []


def backed_up(desk: Desk, quizkorea: Run) -> Path:
    """A backup of three answers; the store holds five by now."""
    studied(desk)
    copy = Path(quizkorea("backup").lines[-1])
    desk.rate_all(Rating.EASY, limit=2)
    return copy


# --- backup ----------------------------------------------------------------------------------------------------------


def test_a_backup_is_named_with_what_it_holds(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    ran = quizkorea("backup")
    copy = desk.home.backups / "quizkorea-20260302T120000Z-by-hand.db"
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == ["Backed up: 3 reviews of 3 cards, 2026-03-02.", str(copy)]
    assert dump(copy) == dump(desk.home.store)


def test_without_a_store_there_is_nothing_to_back_up(desk: Desk, quizkorea: Run) -> None:
    ran = quizkorea("backup")
    assert (ran.code, ran.out) == (2, "")
    assert "no store" in ran.err
    assert "first study" in ran.err
    assert not desk.home.folder.exists()


def test_backups_are_listed_with_time_and_reason_and_that_is_no_restore(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    before = dump(desk.home.store)
    ran = quizkorea("restore")
    assert ran.code == 0
    assert ran.lines[0] == f"{copy}  2026-03-02 12:00 UTC  you asked for it"
    assert "daily" not in ran.out
    assert dump(desk.home.store) == before


def test_a_list_without_a_backup_says_how_one_is_made(desk: Desk, quizkorea: Run) -> None:
    ran = quizkorea("restore")
    assert ran.code == 0
    assert "quizkorea backup" in ran.out + ran.err


def test_a_session_goes_on_where_today_s_backup_cannot_be_made_and_says_so(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    desk.home.backups.write_text("a file in its place")
    ran = quizkorea("study", "--plain", typed="\n4\nq\n")
    assert ran.code == 0
    assert "1 answer" in ran.out
    assert ran.err.startswith("Today's backup ")
    assert str(desk.home.backups) in ran.err
    assert ran.err.count("\n") == 1
    assert reviews(desk.home.store) == 4


def test_the_first_session_of_a_day_backs_up_without_a_word(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    for _ in range(2):
        ran = quizkorea("study", "--plain", typed="\n4\nq\n")
        assert (ran.code, ran.err) == (0, "")
    assert copies(desk) == ["quizkorea-20260302T120000Z-daily.db"]
    assert "the first session of a day" in quizkorea("restore").out


def test_what_is_said_to_be_backed_up_can_be_restored(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    with closing(sqlite3.connect(desk.home.store)) as connection:
        connection.execute("DELETE FROM card WHERE key = 1")
        connection.commit()
    saved = quizkorea("backup")
    assert saved.err or quizkorea("restore", saved.lines[-1]).code == 0


# --- restore ---------------------------------------------------------------------------------------------------------


def test_a_restore_says_what_it_replaces_and_where_that_is_kept(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    before = dump(desk.home.store)
    ran = quizkorea("restore", str(copy))
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "The backup holds: 3 reviews of 3 cards, 2026-03-02."
    assert ran.lines[1] == "The store holds: 5 reviews of 5 cards, 2026-03-02."
    assert "2 reviews of 2 cards, 2026-03-02" in ran.lines[2]
    kept = desk.home.backups / ran.lines[3].split()[-1]
    assert dump(kept) == before
    assert dump(desk.home.store) == dump(copy)
    assert "before a restore" in quizkorea("restore").out


def test_what_was_replaced_is_brought_back_by_the_name_that_was_said(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    before = dump(desk.home.store)
    kept = quizkorea("restore", copy.name).lines[-1].split()[-1].rstrip(".")
    assert quizkorea("restore", kept).code == 0
    assert dump(desk.home.store) == before


def test_after_a_restore_the_next_verbs_go_on(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    quizkorea("restore", str(copy))
    assert '"answered_today": 3' in quizkorea("due", "--json").out
    ran = quizkorea("study", "--plain", typed="\n4\nq\n")
    assert (ran.code, ran.err) == (0, "")
    assert "1 answer" in ran.out
    assert '"answered_today": 4' in quizkorea("due", "--json").out
    assert "4 reviews of 4 cards" in quizkorea("doctor").out


def test_a_backup_that_lacks_nothing_is_said_to(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    copy = quizkorea("backup").lines[-1]
    assert "No review of the store is missing from the backup." in quizkorea("restore", copy).out


def test_a_restore_where_no_store_is_makes_one(desk: Desk, quizkorea: Run, tmp_path: Path) -> None:
    copy = backed_up(desk, quizkorea).rename(tmp_path / "on a stick.db")
    for path in desk.home.folder.glob("quizkorea.db*"):
        path.unlink()
    ran = quizkorea("restore", str(copy))
    assert (ran.code, ran.lines[-1]) == (0, "Restored.")
    assert reviews(desk.home.store) == 3


def test_a_damaged_store_is_replaced_and_its_bytes_are_named(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    desk.home.store.write_bytes(b"no database" * 1_000)
    assert quizkorea("due").code == 3
    ran = quizkorea("restore", str(copy))
    assert ran.code == 0
    assert "cannot be read" in ran.out
    kept = Path(ran.lines[-1].split()[-1].rstrip("."))
    assert kept.read_bytes() == b"no database" * 1_000
    assert quizkorea("due").code == 0
    assert reviews(desk.home.store) == 3


def garbage(path: Path) -> None:
    path.write_bytes(b"no database" * 1_000)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


UNFIT: list[Callable[[Path], object]] = [garbage, truncated, of_another_program, newer, as_folder, emptied, Path.unlink]


@pytest.mark.parametrize("harm", UNFIT)
def test_what_is_no_backup_is_refused_and_nothing_is_changed(
    desk: Desk, quizkorea: Run, harm: Callable[[Path], object]
) -> None:
    copy = backed_up(desk, quizkorea)
    harm(copy)
    before, listed = desk.home.store.read_bytes(), copies(desk)
    ran = quizkorea("restore", str(copy))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("quizkorea: ")
    assert ran.err.count("\n") == 1
    assert copy.name in ran.err
    assert (desk.home.store.read_bytes(), copies(desk)) == (before, listed)


@pytest.mark.parametrize("harm", [garbage, truncated])
def test_a_bad_backup_is_not_called_the_store(desk: Desk, quizkorea: Run, harm: Callable[[Path], object]) -> None:
    copy = backed_up(desk, quizkorea)
    harm(copy)
    ran = quizkorea("restore", str(copy))
    assert "The store" not in ran.err
    assert "Put a backup in its place" not in ran.err


def test_the_store_is_no_backup_of_itself(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    ran = quizkorea("restore", str(desk.home.store))
    assert ran.code == 2
    assert "the store itself" in ran.err


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x" * 300,
        "no such file.db",
        "/dev/null",
        pytest.param("~nosuchperson/x.db"),
    ],
)
def test_an_odd_name_is_said_in_words(desk: Desk, quizkorea: Run, name: str) -> None:
    studied(desk)
    ran = quizkorea("restore", name)
    assert ran.code in (2, 3)
    assert ran.err.count("\n") == 1
    assert "fault" not in ran.err
    assert "Traceback" not in ran.err


def test_wrong_usage_is_exit_code_2(desk: Desk, quizkorea: Run) -> None:
    for arguments in (["restore", "a", "b"], ["backup", "x"], ["doctor", "--rebuilt"], ["restor", "x"]):
        ran = quizkorea(*arguments)
        assert (ran.code, ran.out) == (2, "")


# --- programs of their own -------------------------------------------------------------------------------------------

# What must be done between fork and start is done by a launcher, which then becomes the program: a limit on the size of
# files, and root's power over rights given up.
LAUNCHER = """
import os, resource, sys
size, powerless, *command = sys.argv[1:]
if size:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))
if powerless and os.geteuid() == 0:
    import ctypes
    PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
    for power in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, power, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *command])
"""
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="rights and limits are set in Linux's way")


def env_of(desk: Desk) -> dict[str, str]:
    ours = {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)}
    return {**os.environ, **ours, "QUIZKOREA_NOW": "2026-03-02T12:00+00:00", "PYTHONDONTWRITEBYTECODE": "1"}


def run_program(
    desk: Desk, *arguments: str, size: int | None = None, powerless: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run the program with an empty input under some conditions."""
    conditions = ["" if size is None else str(size), "1" if powerless else ""]
    command = [sys.executable, "-c", LAUNCHER, *conditions, "-m", "quizkorea", *arguments]
    options = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "timeout": PATIENCE_SECONDS}
    return subprocess.run(command, env=env_of(desk), check=False, **options)  # type: ignore[call-overload]


@contextmanager
def studying(desk: Desk) -> Iterator[subprocess.Popen[str]]:
    """A session in line mode that has taken an answer and shows the next question."""
    command = [sys.executable, "-m", "quizkorea", "study", "--plain"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env_of(desk), stdin=pipe, stdout=pipe, stderr=pipe, text=True) as program:
        assert program.stdin and program.stdout
        program.stdin.write("\n4\n")
        program.stdin.flush()
        seen = ""
        while "[1 done" not in seen and (line := program.stdout.readline()):
            seen += line
        assert "[1 done" in seen
        try:
            yield program
        finally:
            program.kill()


def test_a_session_of_another_program_keeps_its_store_and_goes_on(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    with studying(desk) as program:
        parts = [desk.home.store, desk.home.store.with_name("quizkorea.db-wal")]
        before = [part.read_bytes() for part in parts]
        ran = quizkorea("restore", str(copy))
        assert ran.code == 3
        assert "Another program has the store" in ran.err
        assert "Close" in ran.err
        assert "Restored" not in ran.out
        assert [part.read_bytes() for part in parts] == before
        saved = quizkorea("backup")
        assert (saved.code, saved.lines[0]) == (0, "Backed up: 6 reviews of 6 cards, 2026-03-02.")
        out, err = program.communicate("\n4\nq\n", timeout=PATIENCE_SECONDS)
        assert (program.returncode, err) == (0, "")
    assert "2 answers" in out
    assert reviews(desk.home.store) == 7
    assert quizkorea("restore", str(copy)).code == 0
    assert reviews(desk.home.store) == 3


@needs_linux
@pytest.mark.parametrize("room", [0.3, 0.9, 1.001, 1.004])
def test_a_restore_that_finds_the_disk_full_leaves_the_store_as_it_was(desk: Desk, quizkorea: Run, room: float) -> None:
    copy = backed_up(desk, quizkorea)
    before = dump(desk.home.store)
    ran = run_program(desk, "restore", str(copy), size=int(room * desk.home.store.stat().st_size))
    assert (ran.returncode, ran.stderr.count("\n")) == (3, 1)
    assert re.search("room|space", ran.stderr)
    assert "Restored" not in ran.stdout
    assert dump(desk.home.store) == before
    assert [name for name in copies(desk) if name.startswith(".")] == []
    assert run_program(desk, "restore", str(copy)).returncode == 0
    assert reviews(desk.home.store) == 3


@needs_linux
def test_a_full_disk_is_said_of_the_file_that_did_not_grow(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    ran = run_program(desk, "restore", str(copy), size=int(1.004 * desk.home.store.stat().st_size))
    assert copy.name not in ran.stderr


@contextmanager
def closed(folder: Path, mode: int) -> Iterator[None]:
    """A file or folder with other rights for a while."""
    before = folder.stat().st_mode
    folder.chmod(mode)
    try:
        yield
    finally:
        folder.chmod(before)


@needs_linux
def test_a_store_that_cannot_be_opened_for_want_of_rights_is_never_emptied(
    desk: Desk, quizkorea: Run, tmp_path: Path
) -> None:
    copy = backed_up(desk, quizkorea)
    with studying(desk):
        pass  # it is killed, and leaves its log
    desk.home.store.with_name("quizkorea.db-shm").unlink()
    before = desk.home.store.read_bytes()
    with closed(desk.home.folder, 0o555):
        ran = run_program(desk, "restore", str(copy), powerless=True)
    assert ran.returncode == 3
    assert desk.home.store.read_bytes() == before
    assert reviews(desk.home.store) == 6


@needs_linux
@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_without_rights_nothing_is_restored_or_backed_up_and_it_is_said(desk: Desk, quizkorea: Run, mode: int) -> None:
    copy = backed_up(desk, quizkorea)
    before = desk.home.store.read_bytes()
    for folder in (desk.home.folder, desk.home.backups, desk.home.store):
        with closed(folder, mode & 0o444 if folder.is_file() else mode):
            ran = run_program(desk, "restore", str(copy), powerless=True)
            assert (ran.returncode, ran.stderr.count("\n")) == (3, 1), ran
            assert "Restored" not in ran.stdout
            saved = run_program(desk, "backup", powerless=True)
            # a store that may be read may be copied
            assert saved.returncode == (0 if folder.is_file() and mode & 0o444 else 3), saved
            assert "fault" not in ran.stderr + saved.stderr
        assert desk.home.store.read_bytes() == before


@needs_linux
def test_a_store_that_may_only_be_read_is_not_said_to_be_open_elsewhere(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    with closed(desk.home.store, 0o444):
        ran = run_program(desk, "restore", str(copy), powerless=True)
    assert ran.returncode == 3
    assert "read-only" in ran.stderr
    assert "Another program" not in ran.stderr


@needs_linux
def test_a_folder_of_backups_without_rights_is_named_as_such(desk: Desk, quizkorea: Run) -> None:
    backed_up(desk, quizkorea)
    with closed(desk.home.backups, 0o555):
        ran = run_program(desk, "backup", powerless=True)
    assert ran.returncode == 3
    assert str(desk.home.backups) in ran.stderr
    assert ".part" not in ran.stderr
    assert "The store" not in ran.stderr


@needs_linux
@pytest.mark.parametrize("verb", ["restore", "doctor"])
def test_backups_that_cannot_be_listed_are_not_said_to_be_none(desk: Desk, quizkorea: Run, verb: str) -> None:
    backed_up(desk, quizkorea)
    with closed(desk.home.backups, 0o000):
        ran = run_program(desk, verb, powerless=True)
    assert "There is no backup" not in ran.stdout + ran.stderr


# --- at a terminal ---------------------------------------------------------------------------------------------------

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


class Terminal:
    """The program with a terminal at its input, and at its output unless that is a pipe."""

    def __init__(self, desk: Desk, *arguments: str, piped: bool = False) -> None:
        self.end, other = pty.openpty()
        command = [sys.executable, "-m", "quizkorea", *arguments]
        out = subprocess.PIPE if piped else other
        self.program = subprocess.Popen(command, env=env_of(desk), stdin=other, stdout=out, stderr=other)
        os.close(other)
        self.seen = b""

    def read_until(self, wanted: bytes) -> None:
        """Read until something stands there; the program must not end before."""
        while wanted not in self.seen:
            ready = select.select([self.end], [], [], PATIENCE_SECONDS)[0]
            assert ready, f"nothing came for {PATIENCE_SECONDS} seconds after {self.seen!r}"
            self.seen += os.read(self.end, 65_536)

    def finish(self) -> tuple[int, str]:
        """Read to the end; the exit code and all that was seen."""
        try:
            while piece := os.read(self.end, 65_536):
                self.seen += piece
        except OSError:  # the other end is closed
            pass
        out = self.program.communicate(timeout=PATIENCE_SECONDS)[0] or b""
        os.close(self.end)
        return self.program.returncode, self.seen.decode() + out.decode()


PROMPT = b"Restore it? [y/N] "


@pytest.mark.parametrize("typed", [b"n\n", b"\n", b"no\n", b"x\n", b"\x04", b"yesterday\n"])
def test_at_a_terminal_anything_but_a_yes_changes_nothing(desk: Desk, quizkorea: Run, typed: bytes) -> None:
    copy = backed_up(desk, quizkorea)
    before, listed = desk.home.store.read_bytes(), copies(desk)
    terminal = Terminal(desk, "restore", str(copy))
    terminal.read_until(PROMPT)
    assert b"The store holds: 5 reviews of 5 cards" in terminal.seen
    os.write(terminal.end, typed)
    code, seen = terminal.finish()
    assert code == 1
    assert "Nothing was changed." in seen
    assert (desk.home.store.read_bytes(), copies(desk)) == (before, listed)


@pytest.mark.parametrize("typed", [b"y\n", b" YES \n"])
def test_at_a_terminal_a_yes_restores(desk: Desk, quizkorea: Run, typed: bytes) -> None:
    copy = backed_up(desk, quizkorea)
    terminal = Terminal(desk, "restore", str(copy))
    terminal.read_until(PROMPT)
    os.write(terminal.end, typed)
    code, seen = terminal.finish()
    assert (code, "Restored." in seen) == (0, True)
    assert reviews(desk.home.store) == 3


def test_an_interrupt_at_the_question_changes_nothing(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    before, listed = desk.home.store.read_bytes(), copies(desk)
    terminal = Terminal(desk, "restore", str(copy))
    terminal.read_until(PROMPT)
    terminal.program.send_signal(signal.SIGTERM)
    code, seen = terminal.finish()
    assert code == 130
    assert "Traceback" not in seen
    assert (desk.home.store.read_bytes(), copies(desk)) == (before, listed)


def test_what_cannot_be_restored_is_said_before_anything_is_asked(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    garbage(copy)
    code, seen = Terminal(desk, "restore", str(copy)).finish()
    assert code == 3
    assert "[y/N]" not in seen


def test_other_verbs_ask_nothing_at_a_terminal(desk: Desk, quizkorea: Run) -> None:
    backed_up(desk, quizkorea)
    for verb in (["backup"], ["restore"], ["doctor", "--rebuild"]):
        code, seen = Terminal(desk, *verb).finish()
        assert (code, "[y/N]" in seen) == (0, False)


def test_the_question_is_asked_where_the_learner_sees_it(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    terminal = Terminal(desk, "restore", str(copy), piped=True)
    os.write(terminal.end, b"n\n")
    code, _ = terminal.finish()
    assert code == 1
    assert PROMPT.strip() in terminal.seen


# --- doctor ----------------------------------------------------------------------------------------------------------


def test_a_doctor_who_finds_nothing_says_so_with_exit_code_0(desk: Desk, quizkorea: Run) -> None:
    for answers in (0, 3):
        studied(desk, answers)
        ran = quizkorea("doctor")
        assert (ran.code, ran.err) == (0, "")
        assert ran.lines[-1] == "All is well."
        assert {line[:8] for line in ran.lines[:-2]} == {"ok      "}


def test_a_doctor_before_the_first_session_makes_nothing(desk: Desk, quizkorea: Run) -> None:
    ran = quizkorea("doctor")
    assert (ran.code, ran.lines[-1]) == (0, "All is well.")
    assert not desk.home.folder.exists()


def test_findings_are_counted_with_exit_code_1_and_their_cure_below_them(desk: Desk, quizkorea: Run) -> None:
    backed_up(desk, quizkorea)
    desk.write("d", *facts(60)[1:])
    with closing(sqlite3.connect(desk.home.store)) as connection:
        connection.execute("UPDATE card_state SET reviews = 9 WHERE card_key = 3")
        connection.commit()
    ran = quizkorea("doctor")
    assert ran.code == 1
    assert ran.lines[-1] == "2 things to look at."
    at = ran.lines.index("problem 1 card is scheduled otherwise than the log says.")
    assert ran.lines[at + 1] == "        Run: quizkorea doctor --rebuild"
    at = ran.lines.index("note    1 orphan with 1 review: cards that their decks dropped.")
    assert ran.lines[at + 1] == "        Run: quizkorea orphans list"


def test_a_rebuild_mends_what_was_found_and_a_second_one_has_nothing_to_do(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    with closing(sqlite3.connect(desk.home.store)) as connection:
        before = connection.execute("SELECT * FROM card_state").fetchall()
        connection.execute("UPDATE card_state SET due_day = '2040-01-01'")
        connection.commit()
    for said in ("3 were different", "0 were different"):
        ran = quizkorea("doctor", "--rebuild")
        assert (ran.code, ran.err) == (0, "")
        assert said in ran.out
    with closing(sqlite3.connect(desk.home.store)) as connection:
        after = connection.execute("SELECT * FROM card_state").fetchall()
    assert [row[:-1] for row in after] == [row[:-1] for row in before]
    assert [row[-1] for row in after] == [row[-1] + 1 for row in before]
    assert "before `doctor --rebuild`" in quizkorea("restore").out
    assert quizkorea("doctor").code == 0


@pytest.mark.parametrize("harm", [garbage, truncated, newer, of_another_program])
def test_a_store_that_cannot_be_used_is_exit_code_3_and_what_came_before_stands(
    desk: Desk, quizkorea: Run, harm: Callable[[Path], object]
) -> None:
    studied(desk)
    harm(desk.home.store)
    before = desk.home.store.read_bytes()
    for verb in (["doctor"], ["doctor", "--rebuild"], ["backup"]):
        ran = quizkorea(*verb)
        assert ran.code == 3
        assert ran.err.startswith("quizkorea: ")
        assert ran.err.count("\n") == 1
        assert "All is well" not in ran.out
        assert desk.home.store.read_bytes() == before
    assert quizkorea("doctor").out.startswith(f"ok      Your data is in {desk.home.folder}.")


def test_a_file_name_cannot_steer_the_terminal_through_the_doctor(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    (desk.decks / "a\x1b[31m\nb.yaml").write_text("format: [")
    ran = quizkorea("doctor")
    assert ran.code == 1
    assert "\x1b" not in ran.out + ran.err


@needs_linux
def test_a_log_without_right_to_write_is_no_fault_of_the_program(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    quizkorea("backup")
    with studying(desk):
        pass  # it is killed, and leaves its log
    shared = desk.home.store.with_name("quizkorea.db-shm")
    with closed(shared, 0o444):
        ran = run_program(desk, "doctor", powerless=True)
    assert "fault" not in ran.stderr


# --- learners --------------------------------------------------------------------------------------------------------


def test_each_learner_has_data_of_their_own(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    before = dump(desk.home.store)
    quizkorea("--learner", "kim", "study", "--plain", typed="\n4\n\n4\nq\n")
    copy = quizkorea("--learner", "kim", "backup").lines[-1]
    assert copy == str(desk.home.folder / "backups" / "kim" / "kim-20260302T120000Z-by-hand.db")
    quizkorea("--learner", "kim", "study", "--plain", typed="\n4\nq\n")
    assert copy in quizkorea("--learner", "kim", "restore").out
    assert copy not in quizkorea("restore").out
    ran = quizkorea("--learner", "kim", "restore", Path(copy).name)
    assert ran.code == 0
    assert "The store holds: 3 reviews" in ran.out
    assert reviews(desk.home.folder / "learners" / "kim.db") == 2
    assert "2 reviews of 2 cards" in quizkorea("--learner", "kim", "doctor").out
    assert "different" in quizkorea("--learner", "kim", "doctor", "--rebuild").out
    assert dump(desk.home.store) == before


def test_a_backup_of_one_learner_can_be_given_to_another(desk: Desk, quizkorea: Run) -> None:
    copy = backed_up(desk, quizkorea)
    ran = quizkorea("--learner", "kim", "restore", str(copy))
    assert (ran.code, ran.lines[-1]) == (0, "Restored.")
    assert reviews(desk.home.folder / "learners" / "kim.db") == 3
    assert reviews(desk.home.store) == 5


def test_a_learner_whom_nobody_knows_has_nothing_and_nothing_is_made(desk: Desk, quizkorea: Run) -> None:
    studied(desk)
    before = sorted(desk.home.folder.rglob("*"))
    assert quizkorea("--learner", "lee", "backup").code == 2
    assert quizkorea("--learner", "lee", "restore").code == 0
    assert quizkorea("--learner", "lee", "doctor").code == 0
    assert sorted(desk.home.folder.rglob("*")) == before


# --- sentences -------------------------------------------------------------------------------------------------------


def test_every_command_that_is_advised_exists(desk: Desk, quizkorea: Run) -> None:
    backed_up(desk, quizkorea)
    desk.write("d", *facts(60)[1:])
    (desk.decks / "bad.yaml").write_text("format: [")
    with closing(sqlite3.connect(desk.home.store)) as connection:
        connection.execute("UPDATE card_state SET reviews = 9")
        connection.commit()
    said = quizkorea("doctor").out + quizkorea("restore", "nosuch.db").err + quizkorea("--learner", "x", "restore").out
    advised = set(re.findall(r"quizkorea ([a-z]+)((?: --?[a-z]+| list)?)", said))
    assert {verb for verb, _ in advised} >= {"backup", "check", "doctor", "orphans", "restore"}
    for verb, option in advised:
        ran = quizkorea(verb, *option.split(), "--help")
        assert ran.code == 0, f"quizkorea {verb}{option}"


def test_a_home_with_spaces_is_no_hindrance(desk: Desk, quizkorea: Run, tmp_path: Path) -> None:
    home = tmp_path / "my own data"
    desk.write("d", *facts(3))
    quizkorea("--home", str(home), "study", "--plain", typed="\n4\nq\n")
    copy = quizkorea("--home", str(home), "backup").lines[-1]
    assert quizkorea("--home", str(home), "restore", copy).code == 0
    assert quote(copy) != copy
    assert reviews(home / "quizkorea.db") == 1
