"""Opening a store: what is made, what is refused and left as it was."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from quizkorea.core.errors import DataError, StoreLocked, StoreNewer, StoreReadOnly, StoreUnreadable
from quizkorea.store import connection as connection_module
from quizkorea.store import opening
from quizkorea.store.connection import APPLICATION_ID, transaction
from quizkorea.store.migrations import SCHEMA_VERSION
from quizkorea.store.opening import open_store


def opened(path: Path, now_ms: int = 1) -> sqlite3.Connection:
    return open_store(path, path.parent / "backups", now_ms)


def made(path: Path) -> Path:
    opened(path, 1_000).close()
    return path


def value(connection: sqlite3.Connection, pragma: str) -> object:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]


def test_a_new_store_is_made_with_its_folders_and_known_as_ours(tmp_path: Path) -> None:
    connection = opened(tmp_path / "new" / "home" / "quizkorea.db", 1_234)
    assert value(connection, "user_version") == SCHEMA_VERSION
    assert value(connection, "application_id") == APPLICATION_ID
    assert connection.execute("SELECT version, created_ms FROM meta").fetchall() == [(SCHEMA_VERSION, 1_234)]
    connection.close()


def test_the_live_connection_syncs_in_full_and_guards_its_keys(tmp_path: Path) -> None:
    connection = opened(tmp_path / "quizkorea.db")
    assert value(connection, "synchronous") == 2
    assert value(connection, "journal_mode") == "wal"
    assert value(connection, "foreign_keys") == 1
    connection.close()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "quizkorea.db")
    before = path.read_bytes()
    opened(path, 2_000).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"not a database at all, but long enough to look at: " * 10, b"\x00" * 4096, b"SQLite", b"SQLite format 3\x00"],
)
def test_a_file_that_is_no_store_is_refused_and_left_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "quizkorea.db"
    path.write_bytes(content)
    with pytest.raises(StoreUnreadable, match="damaged or is no store"):
        opened(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "quizkorea.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnreadable, match="another program"):
        opened(path)
    assert path.read_bytes() == before


def test_a_newer_store_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = made(tmp_path / "quizkorea.db")
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(StoreNewer, match="newer quizkorea"):
        opened(path)
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.is_file()) == ["quizkorea.db"]


def test_a_newer_version_that_is_only_in_the_log_is_seen_and_nothing_is_touched(tmp_path: Path) -> None:
    path = made(tmp_path / "quizkorea.db")
    killed = sqlite3.connect(path)
    killed.execute("PRAGMA wal_autocheckpoint = 0")
    killed.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    copy = tmp_path / "copy" / "quizkorea.db"
    copy.parent.mkdir()
    for name in ("quizkorea.db", "quizkorea.db-wal"):
        (copy.parent / name).write_bytes((tmp_path / name).read_bytes())
    killed.close()
    before = {entry.name: entry.read_bytes() for entry in copy.parent.iterdir() if not entry.name.endswith("-shm")}
    with pytest.raises(StoreNewer):
        opened(copy)
    assert before == {
        entry.name: entry.read_bytes() for entry in copy.parent.iterdir() if not entry.name.endswith("-shm")
    }


def test_a_fifo_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "quizkorea.db"
    os.mkfifo(path)
    with pytest.raises(StoreUnreadable):
        opened(path)


def test_a_store_without_right_to_write_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "quizkorea.db")
    path.chmod(0o444)
    before = path.read_bytes()
    with pytest.raises(StoreReadOnly, match="read-only"):
        opened(path)
    assert path.read_bytes() == before


def test_a_truncated_store_is_refused_in_words(tmp_path: Path) -> None:
    path = made(tmp_path / "quizkorea.db")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreUnreadable, match="damaged"):
        connection = opened(path)
        with connection_module.worded_errors(path):
            connection.execute("SELECT * FROM card, note, review_log").fetchall()


def test_a_home_that_is_a_file_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StoreReadOnly, match="cannot be made: File exists"):
        opened(tmp_path / "home" / "quizkorea.db")


def test_a_store_locked_by_another_program_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "BUSY_TIMEOUT_MS", 10)
    path = made(tmp_path / "quizkorea.db")
    first, second = opened(path), opened(path)
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked, match="locked"), transaction(second, path):
        pass
    first.execute("ROLLBACK")
    with transaction(second, path):
        second.execute("UPDATE meta SET created_ms = 5")
    assert first.execute("SELECT created_ms FROM meta").fetchone() == (5,)
    first.close()
    second.close()


def test_a_transaction_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "quizkorea.db"
    connection = opened(path, 7)
    with pytest.raises(DataError, match="refused"), transaction(connection, path):
        connection.execute("UPDATE meta SET created_ms = 8")
        connection.execute("INSERT INTO card_state (card_key) VALUES (1)")
    assert connection.execute("SELECT created_ms FROM meta").fetchone() == (7,)
    connection.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "quizkorea.db")
    steps = (*opening.MIGRATIONS, "CREATE TABLE extra (id INTEGER); INSERT INTO nowhere VALUES (1);")
    monkeypatch.setattr(opening, "MIGRATIONS", steps)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", len(steps))
    with pytest.raises(DataError):
        opened(path, 99)
    monkeypatch.undo()
    connection = opened(path)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    assert "extra" not in tables
    assert value(connection, "user_version") == SCHEMA_VERSION
    connection.close()


def test_a_migration_backs_up_the_older_store_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "quizkorea.db")
    steps = (*opening.MIGRATIONS, "CREATE TABLE extra (id INTEGER);")
    monkeypatch.setattr(opening, "MIGRATIONS", steps)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", len(steps))
    connection = opened(path, 99)
    assert value(connection, "user_version") == len(steps)
    assert connection.execute("SELECT version FROM meta").fetchone() == (len(steps),)
    connection.close()
    (backup,) = (tmp_path / "backups").iterdir()
    old = sqlite3.connect(backup)
    assert value(old, "user_version") == len(steps) - 1
    old.close()
