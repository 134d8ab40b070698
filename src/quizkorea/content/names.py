"""The names a deck file gives and claims, for the findings that concern several files of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizkorea.content.node import Node
from quizkorea.content.report import TreePath
from quizkorea.core.notes import is_id


@dataclass(frozen=True, slots=True)
class Claim:
    """One entry of a `was`. Notes are written `deck/note`, decks `deck`."""

    old: str
    by: str
    at: TreePath


@dataclass(frozen=True, slots=True)
class DeckNames:
    """A file's names, read as far as the file could be read, errors or not."""

    slug: str | None = None
    note_ids: frozenset[str] = frozenset()
    claims: tuple[Claim, ...] = ()


NO_NAMES = DeckNames()


def names_in(root: dict[str, Node] | None) -> DeckNames:
    """The names in a file's tree, which may be incomplete."""
    if root is None:
        return NO_NAMES
    slug = _id_or_none(root.get("deck"))
    notes = root.get("notes")
    entries = notes if isinstance(notes, list) else []
    ids = frozenset([name for entry in entries if isinstance(entry, dict) and (name := _id_or_none(entry.get("id")))])
    return DeckNames(slug, ids, tuple(_claims(root, slug, entries)) if slug else ())


def _claims(root: dict[str, Node], slug: str, notes: list[Node]) -> Iterator[Claim]:
    """All well-formed entries of `was`, the deck's own first."""
    for index, old in enumerate(_earlier(root)):
        if isinstance(old, str) and is_id(old):
            yield Claim(old, slug, ("was", index))
    for number, note in enumerate(notes):
        if not isinstance(note, dict) or "was" not in note or (name := _id_or_none(note.get("id"))) is None:
            continue
        for index, old in enumerate(_earlier(note)):
            parts = old.split("/") if isinstance(old, str) else []
            if len(parts) in (1, 2) and all(is_id(part) for part in parts):
                full = old if len(parts) == 2 else f"{slug}/{old}"
                yield Claim(str(full), f"{slug}/{name}", ("notes", number, "was", index))


def _earlier(data: dict[str, Node]) -> list[Node]:
    value = data.get("was")
    return value if isinstance(value, list) else []


def _id_or_none(value: Node | None) -> str | None:
    return value if isinstance(value, str) and is_id(value) else None
