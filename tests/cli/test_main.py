"""Exit codes, and every error in words."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import quizkorea as package
from builders import Desk, facts
from quizkorea.cli import main as main_module

Run = Callable[..., object]


def run_process(
    desk: Desk, *arguments: str, typed: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own."""
    env = os.environ | {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)} | environment
    command = [sys.executable, "-m", "quizkorea", *arguments]
    return subprocess.run(command, input=typed, capture_output=True, env=env, timeout=60, check=False)


def test_version_and_help(quizkorea: Run) -> None:
    assert quizkorea("--version").out == f"quizkorea {package.__version__}\n"
    shown = quizkorea("--help")
    assert shown.code == 0
    for word in ("study", "due", "check", "--home", "--decks", "--learner"):
        assert word in shown.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["studdy"], "Did you mean 'study'?"),
        (["due", "--jsn"], "--json"),
        (["study", "nowhere"], "There is no deck 'nowhere'"),
        (["study", "dx"], "Did you mean 'd'?"),
        (["study", "--limit", "0"], "--limit"),
        (["study", "--type", "poem"], "--type"),
        (["--decks", "nowhere", "due"], "no folder of decks"),
        (["--learner", "../x", "due"], "cannot name a learner"),
        (["check", "nowhere.yaml"], "does not exist"),
    ],
)
def test_wrong_usage_is_exit_code_2_with_a_cure(desk: Desk, quizkorea: Run, arguments: list[str], said: str) -> None:
    desk.write("d", *facts(1))
    ran = quizkorea(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_wrong_time_is_exit_code_2(desk: Desk) -> None:
    ran = run_process(desk, "due", QUIZKOREA_NOW="noon")
    assert ran.returncode == 2
    assert b"QUIZKOREA_NOW" in ran.stderr
    assert b"Traceback" not in ran.stderr


def corrupt(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def read_only(path: Path) -> None:
    path.chmod(0o444)


@pytest.mark.parametrize("harm", [corrupt, newer, read_only])
@pytest.mark.parametrize("verb", [["due"], ["study", "--plain"], []])
def test_an_unfit_store_is_one_sentence_and_exit_code_3(
    desk: Desk, harm: Callable[[Path], None], verb: list[str]
) -> None:
    desk.write("d", *facts(1))
    desk.trainer().close()
    harm(desk.home.store)
    before = desk.home.store.read_bytes()
    ran = run_process(desk, *verb)
    assert ran.returncode == 3
    assert ran.stdout == b""
    assert ran.stderr.startswith(b"quizkorea: ")
    assert ran.stderr.count(b"\n") == 1
    assert desk.home.store.read_bytes() == before


def test_a_broken_config_is_exit_code_3(desk: Desk) -> None:
    desk.home.folder.mkdir(parents=True)
    desk.home.config.write_text("new_per_day = [")
    ran = run_process(desk, "due")
    assert ran.returncode == 3
    assert b"config.toml" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_an_interrupt_is_exit_code_130(desk: Desk, quizkorea: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    desk.write("d", *facts(1))
    monkeypatch.setattr("quizkorea.cli.plain.ask", interrupted)
    ran = quizkorea("study", "--plain")
    assert ran.code == 130
    assert "is saved" in ran.err


def test_a_fault_of_ours_shows_no_traceback(quizkorea: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(main_module.Trainer, "from_environment", faulty)
    ran = quizkorea("due")
    assert ran.code == 3
    assert "a fault of the program" in ran.err
    assert "Traceback" not in ran.err
    report = Path(ran.err.rsplit(" ", 1)[1].strip())
    assert "ZeroDivisionError: oops" in report.read_text()
    report.unlink()


def test_a_reader_that_goes_away_is_no_error(desk: Desk) -> None:
    desk.write("d", *facts(300))
    env = os.environ | {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)}
    command = [sys.executable, "-m", "quizkorea", "study", "--plain"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    ) as ran:
        assert ran.stdout and ran.stdin and ran.stderr
        ran.stdout.close()
        try:
            ran.stdin.write(b"\n3\n" * 30)
            ran.stdin.close()
        except BrokenPipeError:
            pass
        assert b"Traceback" not in ran.stderr.read()
        assert ran.wait(timeout=60) == 0


def test_bytes_that_are_no_text_and_a_narrow_terminal_do_no_harm(desk: Desk) -> None:
    desk.write("d", "id: a\ntype: fact\nkind: term\nquestion: 한국?\nanswer: 예")
    ran = run_process(desk, "study", "--plain", typed=b"\xff\xfe\n1\nq\n", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert b"\\ud55c" in ran.stdout


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("verb", ["due --json", "study --plain", "check", ""])
def test_a_closed_stream_is_an_empty_one(desk: Desk, closed: str, verb: str) -> None:
    desk.write("d", *facts(1))
    env = os.environ | {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)}
    command = ["sh", "-c", f"exec {sys.executable} -m quizkorea {verb} {closed}"]
    ran = subprocess.run(command, env=env, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
    assert (ran.returncode, b"fault" in ran.stderr) == (0, False)
    if verb.startswith("due") and ">&-" not in closed.replace("2>&-", ""):
        assert ran.stdout.startswith(b'{"format": 1')


def test_a_store_with_damaged_texts_is_said_to_be_damaged(desk: Desk) -> None:
    desk.write("d", *facts(3))
    desk.trainer().close()
    connection = sqlite3.connect(desk.home.store)
    connection.execute("UPDATE note SET content = CAST(x'ff7b' AS TEXT)")
    connection.execute("UPDATE deck SET title = CAST(x'c3ff' AS TEXT)")
    connection.commit()
    connection.close()
    for verb in (["due"], ["study", "--plain"]):
        ran = run_process(desk, *verb, typed=b"\n3\n")
        assert ran.returncode == 3
        assert b"is damaged" in ran.stderr
        assert ran.stderr.count(b"\n") == 1


@pytest.mark.parametrize("now", ["9999-12-31T23:59+00:00", "0001-01-01T00:00+14:00", "1969-01-01T00:00Z"])
def test_a_time_beyond_all_schedules_is_exit_code_2(desk: Desk, now: str) -> None:
    ran = run_process(desk, "due", QUIZKOREA_NOW=now)
    assert ran.returncode == 2
    assert b"fault" not in ran.stderr


def test_odd_folders_are_wrong_usage_or_said_in_words(desk: Desk) -> None:
    assert run_process(desk, "--home", "~nosuchperson/x", "due").returncode == 2
    assert run_process(desk, "--decks", "~nosuchperson/x", "due").returncode == 2
    long = run_process(desk, "--home", "x" * 300, "due")
    assert (long.returncode, b"fault" in long.stderr) == (3, False)


def test_a_full_output_is_said_in_words(desk: Desk) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    desk.write("d", *facts(1))
    env = os.environ | {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)}
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "quizkorea", "due"]
        ran = subprocess.run(command, env=env, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert ran.returncode != 0
    assert b"Traceback" not in ran.stderr.partition(b"Exception ignored")[0]


def test_a_file_name_cannot_steer_the_terminal(desk: Desk, quizkorea: Run) -> None:
    (desk.decks / "a\x1b[31m\nb.yaml").write_text("format: [")
    ran = quizkorea("due")
    assert "\x1b" not in ran.err
    assert ran.err.count("\n") == 1


def test_another_learner_has_a_store_of_their_own(desk: Desk, quizkorea: Run) -> None:
    desk.write("d", *facts(2))
    quizkorea("--learner", "kim", "study", "--plain", typed="\n4\nq\n")
    assert '"answered_today": 0' in quizkorea("due", "--json").out
    assert '"answered_today": 1' in quizkorea("--learner", "kim", "due", "--json").out
