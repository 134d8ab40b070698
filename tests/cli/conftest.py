"""Running the command line inside the test, with decks, a home and a frozen clock."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from builders import Desk
from quizkorea.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Stdout, a line each."""
        return self.out.splitlines()


@pytest.fixture
def quizkorea(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run `quizkorea --home … --decks … ARGUMENTS` with some standard input."""
    monkeypatch.setenv("QUIZKOREA_NOW", "2026-03-02T12:00+00:00")
    monkeypatch.setenv("QUIZKOREA_DECKS", str(desk.decks))
    monkeypatch.setenv("QUIZKOREA_HOME", str(desk.home.folder))

    def run(*arguments: str, typed: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main(arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run
