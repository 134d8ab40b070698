"""The house: which room may import which, what a start may load, and how large things may grow."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from builders import deck_text, facts

SOURCE = Path(__file__).parent.parent / "src" / "quizkorea"
ROOMS: dict[str, set[str]] = {
    "core": set(),
    "content": {"core"},
    "store": {"core"},
    "trainer": {"core", "content", "store"},
    "ui": {"core", "trainer"},
    "cli": {"core", "content", "trainer", "ui"},
}
MODULES = sorted(path for path in SOURCE.rglob("*.py"))
FOREIGN_TO_CORE = {"sqlite3", "sqlmodel", "sqlalchemy", "textual", "yaml", "time", "random", "os", "pathlib", "click"}
PURE_CALLS = {"now", "today", "utcnow", "open"}


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, also inside functions and for types only."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) in ROOMS], ids=name_of)
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    rooms = {name.split(".")[1] for name in imports_of(path) if name.startswith("quizkorea.") and "." in name}
    assert rooms & set(ROOMS) <= ROOMS[room_of(path)] | {room_of(path)}


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) == "core"], ids=name_of)
def test_the_core_knows_no_clock_no_disk_no_chance_and_no_screen(path: Path) -> None:
    assert {name.split(".")[0] for name in imports_of(path)} & FOREIGN_TO_CORE == set()
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    assert calls & PURE_CALLS == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") < 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 45, node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_writes_to_stdout(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    prints = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"]
    assert prints == []
    if name_of(path) != "cli/output.py":
        assert "sys.stdout.write" not in path.read_text("utf-8")


WATCH = """
import sys
from quizkorea.cli.main import main
code = main(sys.argv[1:])
sys.stderr.write("LOADED " + " ".join(sorted(sys.modules)) + "\\n")
sys.exit(code)
"""


def loaded_by(tmp_path: Path, *arguments: str, typed: str = "") -> set[str]:
    """The modules in memory after a command line."""
    env = os.environ | {"QUIZKOREA_HOME": str(tmp_path / "home")}
    ran = subprocess.run(
        [sys.executable, "-c", WATCH, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        env=env,
        check=True,
        timeout=60,
    )
    (line,) = [line for line in ran.stderr.splitlines() if line.startswith("LOADED ")]
    return set(line.split()[1:])


HEAVY = {"textual", "sqlalchemy", "sqlmodel", "pydantic", "genanki"}


@pytest.mark.parametrize("verb", [["--help"], ["--version"], ["check"], ["due"], ["due", "--json"], []])
def test_a_quick_verb_loads_nothing_heavy(tmp_path: Path, verb: list[str]) -> None:
    assert loaded_by(tmp_path, *verb) & HEAVY == set()


def test_what_is_due_is_said_without_parser_and_scheduler(tmp_path: Path) -> None:
    decks = tmp_path / "decks"
    decks.mkdir()
    (decks / "d.yaml").write_text(deck_text("d", *facts(2)))
    os.utime(decks / "d.yaml", (1_700_000_000, 1_700_000_000))
    assert "yaml" in loaded_by(tmp_path, "--decks", str(decks), "due")  # the deck is new
    loaded = loaded_by(tmp_path, "--decks", str(decks), "due")
    assert loaded & {"fsrs", "yaml"} == set()
    # what only a session or a sync needs: making its classes would be a fifth of this command
    for_sessions = {"store.store", "store.sync", "store.backups", "core.schedule", "core.notes", "trainer.views"}
    assert loaded & {f"quizkorea.{name}" for name in for_sessions} == set()


def test_the_review_path_loads_no_sqlalchemy(tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, "study", "--plain", typed="\n3\nsomething\n2\nu\nq\n")
    assert "fsrs" in loaded
    assert loaded & HEAVY == set()


IMPORT_ALL = """
import builtins, importlib, os, pathlib, sqlite3, sys
def refuse(*arguments, **keywords):
    raise AssertionError(f"a side effect at import: {arguments}")
modules = sys.argv[1:]
os.environ["QUIZKOREA_NOW"] = "nonsense"
for package in ("textual.app", "sqlmodel", "click", "yaml", "fsrs"):
    importlib.import_module(package)
sqlite3.connect = os.mkdir = os.makedirs = pathlib.Path.mkdir = refuse
builtins.print = refuse
for module in modules:
    importlib.import_module(module)
"""


def test_importing_a_module_has_no_side_effect(tmp_path: Path) -> None:
    names = [
        "quizkorea." + name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for path in MODULES
        if path.name not in ("__init__.py", "__main__.py")
    ]
    env = os.environ | {"HOME": str(tmp_path / "nobody")}
    ran = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *names], capture_output=True, text=True, env=env, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == ""
    assert not (tmp_path / "nobody").exists()


def run_time_imports(path: Path) -> set[str]:
    """The modules of ours that a file imports when it runs; those for types only do not count."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = []
    return {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_no_module_imports_itself_round_a_corner() -> None:
    modules = {"quizkorea." + name_of(path).removesuffix(".py").replace("/", "."): path for path in MODULES}
    waiting = {name: run_time_imports(path) & set(modules) for name, path in modules.items()}
    while ready := [name for name, needs in waiting.items() if not needs & set(waiting)]:
        for name in ready:
            del waiting[name]
    assert waiting == {}, "these stand in circles, or on one"
