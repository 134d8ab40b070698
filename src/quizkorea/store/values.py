"""Decks and files as the store remembers them: frozen values, never rows."""

from __future__ import annotations

from typing import NamedTuple


class LoadedDeck(NamedTuple):
    """A deck of today's folders that the mirror holds."""

    id: int
    slug: str
    title: str
    summary: str
    order: int | None
    path: str
    problem: str | None
    """The first finding, when the file is in error today and its last good content is used."""


class FileRow(NamedTuple):
    """What the store remembers of a deck file."""

    path: str
    folder: str
    slug: str | None
    file_stamp: str
    sources_stamp: str
    read_ns: int
    problem: str | None


class DeckCount(NamedTuple):
    """Cards of a deck."""

    cards: int
    seen: int
    suspended: int
