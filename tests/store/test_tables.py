"""The migrations and the SQLModel tables describe one schema."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from quizkorea.store import tables
from quizkorea.store.opening import open_store

NAMES = sorted(SQLModel.metadata.tables)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    folder = tmp_path_factory.mktemp("migrated")
    return open_store(folder / "store.db", folder / "backups", 1)


@pytest.fixture(scope="module")
def modelled(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path: Path = tmp_path_factory.mktemp("modelled") / "store.db"
    engine = create_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    return sqlite3.connect(path)


def columns(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """Name, affinity, not null, place in the primary key."""
    affinity = {"VARCHAR": "TEXT"}
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [(row[1], affinity.get(row[2], row[2]), row[3], row[5]) for row in rows]


def indices(connection: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    """Unique or not, and the columns, in order; the index of a primary key is the key itself."""
    found = set()
    for _, name, unique, origin, _ in connection.execute(f"PRAGMA index_list({table})").fetchall():
        if origin != "pk":
            names = tuple(row[2] for row in connection.execute(f"PRAGMA index_info({name})").fetchall())
            found.add((unique, names))
    return found


def foreign_keys(connection: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    """From, table, to, on delete."""
    rows = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    return {(row[3], row[2], row[4] or "id", row[6]) for row in rows}


def checks(connection: sqlite3.Connection, table: str) -> set[str]:
    """What stands in CHECK (…), without spaces."""
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    found, rest = set(), sql
    while "CHECK (" in rest:
        rest = rest.partition("CHECK (")[2]
        depth, end = 1, 0
        while depth:
            depth += {"(": 1, ")": -1}.get(rest[end], 0)
            end += 1
        found.add(rest[: end - 1].replace(" ", ""))
    return found


def test_both_have_the_same_tables(migrated: sqlite3.Connection) -> None:
    assert tables.MetaRow.__tablename__ in NAMES
    found = migrated.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    assert sorted(row[0] for row in found) == NAMES


@pytest.mark.parametrize("table", NAMES)
def test_a_table_is_the_same_in_both(migrated: sqlite3.Connection, modelled: sqlite3.Connection, table: str) -> None:
    assert columns(migrated, table) == columns(modelled, table)
    assert indices(migrated, table) == indices(modelled, table)
    assert foreign_keys(migrated, table) == foreign_keys(modelled, table)
    assert checks(migrated, table) == checks(modelled, table)


def test_card_keys_are_never_reused(migrated: sqlite3.Connection, modelled: sqlite3.Connection) -> None:
    for connection in (migrated, modelled):
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'card'").fetchone()
        assert "AUTOINCREMENT" in sql
