"""One file in, one frozen value out: a deck file, and the folder's `sources.yaml`. Never raises for a bad file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from quizkorea.content.bibliography import read_bibliography_tree
from quizkorea.content.citing import Names
from quizkorea.content.decktree import read_deck_tree
from quizkorea.content.fields import Fields
from quizkorea.content.findings import Finding, has_error, in_order
from quizkorea.content.names import NO_NAMES, DeckNames, names_in
from quizkorea.content.node import paused_gc
from quizkorea.content.report import Report
from quizkorea.content.textfile import read_text
from quizkorea.core.notes import Bibliography, Deck

SOURCES_FILE = "sources.yaml"


@dataclass(frozen=True, slots=True)
class BibliographyFile:
    """The `sources.yaml` of a folder. Without errors, or absent, it lets the decks beside it load."""

    path: Path
    bibliography: Bibliography
    """The entries without errors."""
    findings: tuple[Finding, ...] = ()
    exists: bool = True
    source_ids: frozenset[str] = frozenset()
    """All source ids written in the file, those with errors included."""
    holder_ids: frozenset[str] = frozenset()
    complete: bool = True
    """False if the file could not be read to its end."""

    @property
    def has_error(self) -> bool:
        return has_error(self.findings)


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck file as read. `deck` is None if an error stands in the file, in its sources.yaml, or between files."""

    path: Path
    deck: Deck | None
    findings: tuple[Finding, ...] = ()
    """Those of this file; the bibliography keeps its own."""
    deck_slug_seen: str | None = None
    """The slug written in the file, even if the rest is unreadable."""
    names: DeckNames = NO_NAMES

    @property
    def has_error(self) -> bool:
        """Whether an error stands in this very file."""
        return has_error(self.findings)


def read_bibliography(folder: Path) -> BibliographyFile:
    """The bibliography of a folder; an empty one, without findings, if there is no `sources.yaml`."""
    from quizkorea.content.places import finish
    from quizkorea.content.tree import read_tree

    path = folder / SOURCES_FILE
    if not os.path.lexists(path):
        return BibliographyFile(path, Bibliography(), exists=False)
    file = read_text(path)
    if isinstance(file, Finding):
        return BibliographyFile(path, Bibliography(), (file,), complete=False)
    report = Report(path)
    bibliography = Bibliography()
    with paused_gc():
        tree = read_tree(file, report)
        root = tree.root or {}
        if tree.whole and tree.root is not None:
            bibliography = read_bibliography_tree(Fields(root, (), report))
    sources, holders = root.get("sources"), root.get("holders")
    return BibliographyFile(
        path,
        bibliography,
        in_order(finish(file, report.notices)),
        source_ids=frozenset(sources) if isinstance(sources, dict) else frozenset(),
        holder_ids=frozenset(holders) if isinstance(holders, dict) else frozenset(),
        complete=tree.whole,
    )


def read_deck(path: Path, bibliography: BibliographyFile) -> DeckFile:
    """A deck file with all its findings; those between files are not among them (`cross_findings`)."""
    from quizkorea.content.places import finish
    from quizkorea.content.tree import read_tree

    file = read_text(path)
    if isinstance(file, Finding):
        return DeckFile(path, None, (file,))
    report = Report(path)
    deck = None
    with paused_gc():
        tree = read_tree(file, report)
        if tree.whole and tree.root is not None:
            fields = Fields(tree.root, (), report)
            deck = read_deck_tree(fields, tree.note_lines, _names(bibliography), path.parent)
        names = names_in(tree.root)
        findings = in_order(finish(file, report.notices))
    if has_error(findings) or bibliography.has_error:
        deck = None
    return DeckFile(path, deck, findings, names.slug, names)


def _names(file: BibliographyFile) -> Names:
    return Names(file.bibliography, file.source_ids, file.holder_ids, file.exists, file.complete)
