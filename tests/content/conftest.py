"""Fixtures of the content tests: a folder of decks under a temporary path, and findings in short."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from content_cases import SOURCES

from quizkorea.content.deckfile import DeckFile, read_bibliography, read_deck


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a sources.yaml and no deck yet."""
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def read(folder: Path) -> Callable[[str | bytes], DeckFile]:
    """Read a text or bytes as the only deck of the folder."""

    def read_it(content: str | bytes) -> DeckFile:
        path = folder / "deck.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_deck(path, read_bibliography(folder))

    return read_it
