"""docs/data.md tells every table and column, and what it tells to type works."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from builders import Desk, facts

DOC = (Path(__file__).parent.parent / "docs" / "data.md").read_text("utf-8")
COMMANDS = [line.strip() for line in DOC.splitlines() if line.startswith("    quizkorea")]
QUERIES = [query.strip() for query in re.search(r"```sql\n(.*?)```", DOC, re.DOTALL)[1].split(";") if query.strip()]


def described() -> dict[str, set[str]]:
    """The columns that the document names, by table."""
    found: dict[str, set[str]] = {}
    for title, body in re.findall(r"^### (`.*?)\n(.*?)(?=^##|\Z)", DOC, re.DOTALL | re.MULTILINE):
        tables = re.findall(r"`(\w+)`", title.partition(":")[0])
        for cell in re.findall(r"^\| (`.*?) \|", body, re.MULTILINE):
            for name in re.findall(r"`([\w.]+)`", cell):
                table, _, column = name.rpartition(".")
                found.setdefault(table or tables[0], set()).add(column)
    return found


def test_every_table_and_column_is_described(desk: Desk) -> None:
    connection = desk.trainer().store.connection
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    actual = {
        table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} for (table,) in tables.fetchall()
    }
    assert described() == actual


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_document_runs_on_a_studied_store(desk: Desk, query: str) -> None:
    desk.write("d", *facts(3))
    desk.rate_all()
    with closing(sqlite3.connect(desk.home.store)) as connection:
        rows = connection.execute(query).fetchall()
        assert rows or "answer_text" in query or "state = 2" in query


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_document_works_or_says_what_to_do(desk: Desk, command: str) -> None:
    desk.write("d", *facts(3))
    desk.rate_all()
    env = os.environ | {"QUIZKOREA_HOME": str(desk.home.folder), "QUIZKOREA_DECKS": str(desk.decks)}
    ran = subprocess.run(
        [sys.executable, "-m", *command.split()],
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert ran.returncode in ((2,) if "--undo" in command else (0, 1))
    assert ran.stdout or "nothing to take back" in ran.stderr or "no orphans" in ran.stderr
    assert "Traceback" not in ran.stderr
