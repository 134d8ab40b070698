"""Backups of a store that others write to, and a backup written over a store in whatever state: whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from quizkorea.core.errors import DataError, StoreLocked, StoreNewer, StoreUnreadable
from quizkorea.core.thinning import BY_HAND, DAILY, RESCUED
from quizkorea.store import backups, opening
from quizkorea.store import connection as connection_module
from quizkorea.store.backups import backup_file, backups_in, daily_backup, thin, write_backup
from quizkorea.store.connection import APPLICATION_ID, open_connection
from quizkorea.store.migrations import SCHEMA_VERSION
from quizkorea.store.opening import open_store
from quizkorea.store.restoring import check_backup, holdings_of, write_over

NOW = 1_772_452_800_000  # 2026-03-02 12:00 UTC
DAY = 86_400_000
PATIENCE_SECONDS = 60
SEED = int(os.environ.get("QUIZKOREA_SEED", os.getpid()))

CARD = "INSERT INTO card (name, note_name, part, guid, ord, created_ms) VALUES (?, ?, 'main', ?, 0, 1)"
REVIEW = (
    "INSERT INTO review_log (id, card_key, kind, study_day, rating, state, origin) "
    "VALUES (?, 1, 'review', ?, 3, 2, 'here')"
)
TEXT = "INSERT INTO answer_text (card_key, at_ms, text) VALUES (1, 1, ?)"


def fill(path: Path, reviews: int = 3, since: int = 1, texts: int = 0) -> Path:
    """A store with a card and some reviews, a day each; texts make it larger."""
    with closing(open_store(path, path.parent / "backups", NOW)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT 1 FROM card").fetchone():
            connection.execute(CARD, ("d/n#main", "d/n", "guid"))
        days = [(number * DAY, f"2026-01-{number % 28 + 1:02}") for number in range(since, since + reviews)]
        connection.executemany(REVIEW, days)
        connection.executemany(TEXT, [(f"{number} " * 200,) for number in range(texts)])
        connection.execute("COMMIT")
    return path


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a sound database holds, table by table."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return fill(tmp_path / "home" / "quizkorea.db")


@pytest.fixture
def folder(store: Path) -> Path:
    return store.parent / "backups"


# --- a copy of a store that is in use --------------------------------------------------------------------------------


def test_a_backup_holds_all_that_the_store_holds_in_one_file(store: Path, folder: Path) -> None:
    copy = backup_file(store, folder, NOW, BY_HAND)
    assert names_in(folder) == [copy.name] == ["quizkorea-20260302T120000Z-by-hand.db"]
    assert dump(copy) == dump(store)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert names_in(folder) == [copy.name]


def test_answers_that_are_only_in_the_log_yet_are_in_the_copy(store: Path, folder: Path) -> None:
    with closing(open_connection(store)) as live:
        live.execute(REVIEW, (NOW, "2026-03-02"))
        before = store.read_bytes()
        assert holdings_of(backup_file(store, folder, NOW, BY_HAND)).reviews == 4
        assert store.read_bytes() == before


def test_a_copy_made_while_another_connection_writes_is_the_state_before(store: Path, folder: Path) -> None:
    before = dump(store)
    with closing(open_connection(store)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(REVIEW, (NOW, "2026-03-02"))
        writer.execute("UPDATE meta SET created_ms = 7")
        copy = backup_file(store, folder, NOW, "before-merge")
        assert dump(copy) == before
        writer.execute("COMMIT")
    assert dump(store) != before
    assert dump(copy) == before


WRITER = """
import sys
from pathlib import Path
from quizkorea.store.connection import open_connection
connection = open_connection(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    connection.execute("BEGIN IMMEDIATE")
    for _ in range(5):
        connection.execute("INSERT INTO answer_text (card_key, at_ms, text) VALUES (1, ?, ?)", (number, "x" * 900))
    connection.execute("UPDATE meta SET created_ms = ?", (number,))
    connection.execute("COMMIT")
    if number == 1:
        print("writing", flush=True)
"""
WRITTEN = "SELECT created_ms, (SELECT count(*) FROM answer_text), (SELECT max(at_ms) FROM answer_text) FROM meta"


@contextmanager
def program(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A program of its own; it is gone when the block ends."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def heard(running: subprocess.Popen[str]) -> str:
    """The next line that a program prints."""
    assert running.stdout
    line = running.stdout.readline().strip()
    assert line, running.communicate(timeout=PATIENCE_SECONDS)[1]
    return line


def test_each_copy_of_a_store_that_another_program_writes_all_the_time_is_one_committed_state(
    store: Path, folder: Path
) -> None:
    seen = []
    with program(WRITER, store) as writer:
        assert heard(writer) == "writing"
        for number in range(12):
            copy = backup_file(store, folder, NOW + number * 1000, DAILY)
            check_backup(copy)
            with closing(sqlite3.connect(copy)) as connection:
                seen.append(connection.execute(WRITTEN).fetchone())
        assert writer.poll() is None
    assert [(count, newest) for _, count, newest in seen] == [(number * 5, number) for number, _, _ in seen]
    assert seen == sorted(seen)
    assert seen[0] < seen[-1], "the other program never wrote meanwhile, so this test has shown nothing"


# --- names -----------------------------------------------------------------------------------------------------------


def test_two_backups_of_one_second_have_two_names(store: Path, folder: Path) -> None:
    first = backup_file(store, folder, NOW, BY_HAND)
    fill(store, 1, since=50)
    second = backup_file(store, folder, NOW + 999, BY_HAND)
    assert second.name == "quizkorea-20260302T120000Z-by-hand-2.db"
    assert [holdings_of(copy).reviews for copy in (first, second)] == [3, 4]
    assert [made.reason for made in backups_in(folder, "quizkorea")] == [BY_HAND, BY_HAND]


def test_of_two_backups_of_one_second_the_second_is_the_newer_one(store: Path, folder: Path) -> None:
    for _ in range(2):
        newest = backup_file(store, folder, NOW, BY_HAND)
    assert backups_in(folder, "quizkorea")[0].name == newest.name


FOREIGN = [
    "quizkorea.db",
    "quizkorea-20200101T000000Z-daily.db.old",
    "old-quizkorea-20200101T000000Z-daily.db.txt",
    "quizkorea-20200101T000000Z.db",
    "quizkorea-20200101T000000-daily.db",
    "quizkorea-20200101T000000Z-DAILY.db",
    "quizkorea-copy-20200101T000000Z-daily.db",
    "kim-20200101T000000Z-daily.db",
    "quizkorea-damaged-1577836800000.db",
    "letters.txt",
    "안녕-20200101T000000Z-daily.db",
]


def test_files_of_other_names_are_neither_listed_nor_deleted(store: Path, folder: Path) -> None:
    folder.mkdir()
    for name in FOREIGN:
        (folder / name).write_text("not yours")
        os.utime(folder / name, (1, 1))
    ours = [backup_file(store, folder, NOW - back * DAY, DAILY).name for back in range(40)]
    assert [made.name for made in backups_in(folder, "quizkorea")] == ours
    gone = thin(folder, "quizkorea", NOW)
    assert len(gone) > 20
    assert names_in(folder) == sorted([*FOREIGN, *(set(ours) - set(gone))])
    assert thin(folder, "quizkorea", NOW) == []


@pytest.mark.parametrize("time", ["20261399T000000Z", "20260230T000000Z", "00000101T000000Z", "20260101T250000Z"])
def test_a_name_whose_time_does_not_exist_is_nobody_s_business(store: Path, folder: Path, time: str) -> None:
    folder.mkdir()
    (folder / f"quizkorea-{time}-daily.db").write_text("not yours")
    assert backups_in(folder, "quizkorea") == []


def test_the_backups_of_a_folder_that_is_not_there_are_none(tmp_path: Path) -> None:
    assert backups_in(tmp_path / "nowhere", "quizkorea") == []
    assert thin(tmp_path / "nowhere", "quizkorea", NOW) == []


# --- a copy that fails -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["rename", "fsync"])
def test_a_copy_that_fails_leaves_nothing_behind(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backups.os, step, full)
    with pytest.raises(DataError, match=r"room|space") as refused:
        backup_file(store, folder, NOW, DAILY)
    assert str(folder) in refused.value.message
    assert names_in(folder) == []


def test_a_store_with_a_damaged_page_is_not_copied_by_halves(tmp_path: Path) -> None:
    store = damaged(fill(tmp_path / "quizkorea.db", texts=300))
    before = store.read_bytes()
    with pytest.raises(StoreUnreadable, match="damaged"):
        backup_file(store, tmp_path / "backups", NOW, DAILY)
    assert names_in(tmp_path / "backups") == []
    assert store.read_bytes() == before


def with_a_spoilt_index(path: Path) -> Path:
    """Damage that SQLite steps over as long as it reads the tables only."""
    with closing(sqlite3.connect(path)) as connection:
        asked = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_review_log_card'")
        begin = (asked.fetchone()[0] - 1) * 4_096
    content = path.read_bytes()
    path.write_bytes(content[:begin] + b"\xa5" * 4_096 + content[begin + 4_096 :])
    return path


@pytest.mark.parametrize("spoil", [lambda path: damaged(path), with_a_spoilt_index], ids=["tables", "index"])
def test_a_copy_that_the_disk_has_spoilt_never_takes_its_name(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], object]
) -> None:
    fill(store, reviews=400, since=900, texts=300)
    monkeypatch.setattr(backups, "_sweep", lambda _folder, unfinished: spoil(unfinished))
    with pytest.raises(DataError):
        backup_file(store, folder, NOW, DAILY)
    assert names_in(folder) == []


def test_a_folder_that_cannot_be_made_is_said_by_its_name(store: Path, folder: Path) -> None:
    folder.write_text("a file in its place")
    with pytest.raises(DataError, match=r"backups.*\. \w+") as refused:
        backup_file(store, folder, NOW, DAILY)
    assert str(folder) in refused.value.message
    assert folder.read_text() == "a file in its place"


# --- kill -9 ---------------------------------------------------------------------------------------------------------

# One child a line of input: (what to do, its arguments, seconds until it is killed). Whoever forks has one thread only.
VICTIM = """
import json, os, select, signal, sys
from pathlib import Path
from time import monotonic
from quizkorea.store.backups import backup_file
from quizkorea.store.restoring import write_over
DO = {"back up": lambda store, folder: backup_file(store, folder, 1_772_452_800_000, "by-hand"),
      "restore": write_over}
for line in sys.stdin:
    what, first, second, seconds = json.loads(line)
    ear, mouth = os.pipe()
    begun = monotonic()
    child = os.fork()
    if not child:
        try:
            DO[what](Path(first), Path(second))
        except BaseException as error:
            sys.stderr.write(repr(error))
            os._exit(1)
        os._exit(0)
    os.close(mouth)
    select.select([ear], [], [], seconds)
    os.kill(child, signal.SIGKILL)  # one that has ended waits for us, and does not mind
    status = os.waitpid(child, 0)[1]
    os.close(ear)
    print(json.dumps([monotonic() - begun, os.waitstatus_to_exitcode(status)]), flush=True)
"""
needs_kill = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system neither forks nor has SIGKILL")


class Victims:
    """Children that do something and are killed at a random moment of it."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self._running = running
        self._chance = random.Random(SEED)
        self._seconds = float(PATIENCE_SECONDS)
        """How long it takes when nobody kills it."""
        self.killed = 0

    def _run(self, what: str, first: Path, second: Path, seconds: float) -> None:
        assert self._running.stdin
        self._running.stdin.write(json.dumps([what, str(first), str(second), seconds]) + "\n")
        self._running.stdin.flush()
        took, code = json.loads(heard(self._running))
        assert code in (0, -signal.SIGKILL), self._running.communicate(timeout=PATIENCE_SECONDS)[1]
        self.killed += code != 0
        self._seconds = self._seconds if code else min(self._seconds, took)

    def whole(self, what: str, first: Path, second: Path) -> None:
        """Let it end."""
        self._run(what, first, second, PATIENCE_SECONDS)
        assert not self.killed

    def kill(self, what: str, first: Path, second: Path) -> None:
        """Kill it somewhere on its way, or just after."""
        self._run(what, first, second, self._chance.uniform(0, 1.1 * self._seconds))


@pytest.fixture
def victims() -> Iterator[Victims]:
    print(f"QUIZKOREA_SEED={SEED}")
    with program(VICTIM) as running:
        yield Victims(running)


@needs_kill
def test_a_killed_backup_leaves_no_half_file_under_a_name_and_is_swept_away_later(
    tmp_path: Path, victims: Victims
) -> None:
    store, folder = fill(tmp_path / "quizkorea.db", texts=2_000), tmp_path / "backups"
    before = dump(store)
    victims.whole("back up", store, folder)
    for _ in range(40):
        victims.kill("back up", store, folder)
    assert victims.killed > 5
    for made in backups_in(folder, "quizkorea"):
        check_backup(folder / made.name)
        assert dump(folder / made.name) == before
    assert list(folder.glob(".*.part")), "no copy was cut short, so this test has shown nothing"
    assert [path.name for path in folder.iterdir() if path.suffix != ".db" and not path.name.startswith(".")] == []
    make_old(folder)
    backup_file(store, folder, NOW, BY_HAND)
    assert list(folder.glob(".*.part")) == []
    assert dump(store) == before


def make_old(folder: Path) -> None:
    for path in folder.iterdir():
        os.utime(path, (NOW // 1000, NOW // 1000))


def test_the_journal_of_a_half_copy_is_swept_away_too(store: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / ".quizkorea-1.part").write_text("half")
    (folder / ".quizkorea-1.part-journal").write_text("its journal")
    make_old(folder)
    copy = backup_file(store, folder, NOW, BY_HAND)
    assert names_in(folder) == [copy.name]


@needs_kill
@pytest.mark.parametrize("live", ["checkpointed", "with a log"])
def test_a_restore_killed_at_any_moment_leaves_the_old_or_the_new_content_whole(
    tmp_path: Path, victims: Victims, live: str
) -> None:
    old = fill(tmp_path / "old.db", reviews=500, texts=800)
    backup = backup_file(fill(tmp_path / "new.db", reviews=300, since=900, texts=1_200), tmp_path / "b", NOW, BY_HAND)
    contents = [dump(old), dump(backup)]
    store = tmp_path / "store" / "quizkorea.db"
    store.parent.mkdir()
    lay_out(old, store, live)
    victims.whole("restore", backup, store)
    seen = []
    for _ in range(40):
        lay_out(old, store, live)
        victims.kill("restore", backup, store)
        seen.append(contents.index(dump(store)))
        assert holdings_of(store).reviews == (500, 300)[seen[-1]]
    assert victims.killed > 5
    assert 0 in seen
    write_over(backup, store)
    assert dump(store) == contents[1]


@needs_kill
def test_a_restore_killed_where_no_store_is_leaves_a_home_that_can_be_used(tmp_path: Path, victims: Victims) -> None:
    backup = backup_file(fill(tmp_path / "new.db", reviews=300, texts=1_200), tmp_path / "b", NOW, BY_HAND)
    store = tmp_path / "store" / "quizkorea.db"
    store.parent.mkdir()
    wanted = dump(backup)
    victims.whole("restore", backup, store)
    for _ in range(15):
        for path in store.parent.glob("quizkorea.db*"):
            path.unlink()
        victims.kill("restore", backup, store)
        with closing(open_store(store, store.parent / "backups", NOW)) as connection:
            count = connection.execute("SELECT count(*) FROM review_log").fetchone()[0]
        assert count == 0 or dump(store) == wanted
    assert victims.killed > 2
    write_over(backup, store)
    assert dump(store) == wanted


def lay_out(old: Path, store: Path, live: str) -> None:
    """Put a copy of a store in place; with a log, as a killed program leaves it behind, or without."""
    for path in store.parent.iterdir():
        path.unlink()
    if live == "checkpointed":
        store.write_bytes(old.read_bytes())
        return
    with closing(open_connection(old)) as connection:
        connection.execute("UPDATE meta SET created_ms = created_ms")
        for suffix in ("", "-wal"):
            store.with_name(store.name + suffix).write_bytes(old.with_name(old.name + suffix).read_bytes())


def test_a_half_copy_that_is_being_written_now_is_left_alone(store: Path, folder: Path) -> None:
    folder.mkdir()
    young, old = folder / ".quizkorea-1.part", folder / ".quizkorea-2.part"
    for path in (young, old):
        path.write_text("half")
    os.utime(old, (NOW // 1000, NOW // 1000))
    copy = backup_file(store, folder, NOW, BY_HAND)
    assert names_in(folder) == [young.name, copy.name]


def test_what_a_killed_program_with_our_number_left_is_no_hindrance(store: Path, folder: Path) -> None:
    folder.mkdir()
    for suffix in ("", "-journal"):
        (folder / f".quizkorea-{os.getpid()}.part{suffix}").write_bytes(b"half" * 2_000)
    copy = backup_file(store, folder, NOW, BY_HAND)
    assert dump(copy) == dump(store)
    assert copy.name in names_in(folder)


def test_a_half_file_of_another_program_is_never_swept_away(store: Path, folder: Path) -> None:
    folder.mkdir()
    foreign = folder / ".film.mkv.part"
    foreign.write_text("not yours")
    os.utime(foreign, (1, 1))
    backup_file(store, folder, NOW, BY_HAND)
    assert foreign.exists()


# --- once a day ------------------------------------------------------------------------------------------------------


@contextmanager
def opened(store: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_store(store, store.parent / "backups", NOW)) as connection:
        yield connection


def test_a_daily_backup_is_made_once_a_day_of_utc(store: Path, folder: Path) -> None:
    midnight = NOW - NOW % DAY
    times = [midnight, midnight + 1, midnight + DAY - 1, midnight + DAY, midnight + DAY, midnight + 5 * DAY]
    with opened(store) as connection:
        made = [daily_backup(connection, store, folder, at) is not None for at in times]
    assert made == [True, False, False, True, False, True]
    assert len(names_in(folder)) == 3


HELD = {
    "review": REVIEW.replace("?, 1", "5, 1").replace("?", "'2026-03-02'"),
    "mark": "INSERT INTO mark_log (card_key, at_ms, kind, before, after) VALUES (1, 1, 'flag', '[]', '[]')",
    "draft": "INSERT INTO draft (card_key, text, saved_ms) VALUES (1, 'unfinished', 1)",
    "text": TEXT.replace("?", "'finished'"),
    "quiz": "INSERT INTO quiz (started_ms, seed, exam, settings) VALUES (1, 1, 0, '{}')",
}


@pytest.mark.parametrize("held", HELD)
def test_a_daily_backup_is_made_as_soon_as_anything_is_held(tmp_path: Path, held: str) -> None:
    store = fill(tmp_path / "quizkorea.db", reviews=0)
    with opened(store) as connection:
        assert daily_backup(connection, store, tmp_path / "backups", NOW) is None
        assert not (tmp_path / "backups").exists()
        connection.execute(HELD[held])
        assert daily_backup(connection, store, tmp_path / "backups", NOW) is not None


def test_two_years_of_days_keep_few_backups_and_every_one_of_the_last_week(store: Path, folder: Path) -> None:
    asked = backup_file(store, folder, NOW - 3_000 * DAY, BY_HAND)
    folder.joinpath(f"quizkorea-20200101T000000Z-{RESCUED}.db").write_bytes(asked.read_bytes())
    with opened(store) as connection:
        for day in range(0, 730, 3):  # most days without a copy of their own, for the time they take
            daily_backup(connection, store, folder, NOW + day * DAY)
        last = [daily_backup(connection, store, folder, NOW + day * DAY) for day in range(731, 738)]
    left = names_in(folder)
    assert {path.name for path in last if path} <= set(left)
    assert len([path for path in last if path]) == 7
    assert {asked.name, f"quizkorea-20200101T000000Z-{RESCUED}.db"} <= set(left)
    assert len(left) <= 7 + 4 + 12 + 2


def test_a_backup_from_the_future_does_not_end_the_daily_ones(store: Path, folder: Path) -> None:
    backup_file(store, folder, NOW + 1_000 * DAY, BY_HAND)
    with opened(store) as connection:
        assert daily_backup(connection, store, folder, NOW) is not None


# --- a backup written over a store -----------------------------------------------------------------------------------


def damaged(path: Path) -> Path:
    """Spoil some pages in the middle of a file; the first ones stay as they are."""
    content = bytearray(path.read_bytes())
    for page in range(len(content) // 8192, len(content) // 8192 + 8):
        content[page * 4096 : page * 4096 + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    return path


def without_schema(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\x00" * 3_996 + content[4_096:])


def cut(share: float) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


def as_garbage_with_a_log(path: Path) -> None:
    """The file is gone, what a killed program left beside it is still there."""
    with closing(open_connection(path)) as connection:
        connection.execute("UPDATE meta SET created_ms = 3")
        logs = {suffix: path.with_name(path.name + suffix).read_bytes() for suffix in ("-wal", "-shm")}
    for suffix, content in logs.items():
        path.with_name(path.name + suffix).write_bytes(content)
    path.write_bytes(b"no database" * 1_000)


HARMS: dict[str, Callable[[Path], object]] = {
    "sound": Path.exists,
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "one byte": lambda path: path.write_bytes(b"S"),
    "only a header": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "cut at a page": lambda path: path.write_bytes(path.read_bytes()[:8_192]),
    "cut in half": cut(0.5),
    "cut short": cut(0.97),
    "garbage": lambda path: path.write_bytes(b"no database" * 1_000),
    "zeros": lambda path: path.write_bytes(bytes(200_000)),
    "inner pages": damaged,
    "no schema": without_schema,
    "garbage beside a log": as_garbage_with_a_log,
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_backup_can_be_written_over_a_store_in_any_state(tmp_path: Path, harm: str) -> None:
    source = fill(tmp_path / "source.db", reviews=40, texts=30)
    backup = backup_file(source, tmp_path / "backups", NOW, BY_HAND)
    store = fill(tmp_path / "home" / "quizkorea.db", since=900, texts=300)
    HARMS[harm](store)
    inode = store.stat().st_ino if store.exists() else None
    write_over(backup, store)
    assert dump(store) == dump(source)
    assert store.stat().st_ino == inode or inode is None, "the file must stay the one that it is"
    with opened(store) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.execute(REVIEW, (NOW, "2026-03-02"))
    assert holdings_of(store).reviews == 41


@pytest.mark.parametrize("doing", ["nothing", "reading", "writing"])
def test_a_store_that_somebody_has_open_is_not_written_over(store: Path, tmp_path: Path, doing: str) -> None:
    backup = backup_file(fill(tmp_path / "other.db", since=900), tmp_path / "backups", NOW, BY_HAND)
    with opened(store) as other:
        other.execute(REVIEW, (NOW, "2026-03-02"))
        if doing == "reading":
            other.execute("BEGIN")
            assert other.execute("SELECT count(*) FROM review_log").fetchone() == (4,)
        elif doing == "writing":
            other.execute("BEGIN IMMEDIATE")
            other.execute(REVIEW, (NOW + 1, "2026-03-02"))
        before = {path: path.read_bytes() for path in (store, store.with_name("quizkorea.db-wal"))}
        with pytest.raises(StoreLocked, match="open") as refused:
            write_over(backup, store)
        assert "Close" in refused.value.hint
        assert {path: path.read_bytes() for path in before} == before
        if doing != "nothing":
            other.execute("COMMIT")
        other.execute(REVIEW, (NOW + 2, "2026-03-02"))
    assert holdings_of(store).reviews == (6 if doing == "writing" else 5)


def test_a_program_that_writes_all_the_time_is_never_written_over(store: Path, tmp_path: Path) -> None:
    backup = backup_file(fill(tmp_path / "other.db", since=900), tmp_path / "backups", NOW, BY_HAND)
    with program(WRITER, store) as writer:
        assert heard(writer) == "writing"
        with pytest.raises(StoreLocked):
            write_over(backup, store)
        assert writer.poll() is None
    with closing(sqlite3.connect(store)) as connection:
        number, count, newest = connection.execute(WRITTEN).fetchone()
    assert (count, newest) == (number * 5, number)


def test_a_backup_of_an_older_version_is_brought_up_to_date_when_it_is_next_opened(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = backup_file(store, folder, NOW, BY_HAND)
    before = dump(old)
    steps = (*opening.MIGRATIONS, "ALTER TABLE meta ADD COLUMN extra TEXT; CREATE TABLE extra (id INTEGER);")
    monkeypatch.setattr(opening, "MIGRATIONS", steps)
    for module in (opening, connection_module):
        monkeypatch.setattr(module, "SCHEMA_VERSION", len(steps))
    fill(store, since=50)  # opens it, so it goes through the migration
    assert "extra" in dump(store)
    check_backup(old)
    write_over(old, store)
    assert dump(store) == before
    with opened(store) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(steps),)
    assert dump(store)["review_log"] == before["review_log"]
    assert [made.reason for made in backups_in(folder, "quizkorea")].count("before-migration") == 2
    assert dump(old) == before


# --- what is no backup -----------------------------------------------------------------------------------------------


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


UNFIT: dict[str, tuple[Callable[[Path], object], type[DataError]]] = {
    **{harm: (HARMS[harm], StoreUnreadable) for harm in HARMS if harm not in ("sound", "garbage beside a log")},
    "a folder": (as_folder, StoreUnreadable),
    "another program's": (of_another_program, StoreUnreadable),
    "a newer one": (newer, StoreNewer),
}


EMPTY = pytest.param("empty")


@pytest.mark.parametrize("harm", [EMPTY if name == "empty" else name for name in UNFIT])
def test_a_file_that_is_no_whole_store_is_no_backup(tmp_path: Path, harm: str) -> None:
    backup = fill(tmp_path / "backup.db", texts=300)
    spoil, error = UNFIT[harm]
    spoil(backup)
    before = backup.read_bytes() if backup.is_file() else None
    with pytest.raises(error, match=r"backup\.db"):
        check_backup(backup)
    assert (backup.read_bytes() if backup.is_file() else None) == before


def test_an_unfinished_transaction_of_a_writer_is_not_in_a_copy_by_its_own_connection(
    store: Path, folder: Path
) -> None:
    with opened(store) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(REVIEW, (NOW, "2026-03-02"))
        with pytest.raises(DataError):  # SQLite copies nothing from within a transaction, and says so
            write_backup(connection, store, folder, NOW, DAILY)
        connection.execute("ROLLBACK")
        assert write_backup(connection, store, folder, NOW, DAILY).exists()
    assert len(names_in(folder)) == 1
