"""The room's front door: folders of decks in, decks and findings out.

    files = read_folder(Path("decks"))          everything of one folder, findings between files included
    read_deck(path, read_bibliography(folder))  one file; then `cross_findings` over all files of the folder
    check_paths([Path("decks")])                what `quizkorea check` reports

Importing this module imports no YAML parser, no Textual, no SQL.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quizkorea.content.crossing import cross_findings
from quizkorea.content.deckfile import SOURCES_FILE, BibliographyFile, DeckFile, read_bibliography, read_deck
from quizkorea.content.findings import Finding, has_error, in_order
from quizkorea.core.cards import parts_of
from quizkorea.core.errors import UsageError

__all__ = [
    "SOURCES_FILE",
    "BibliographyFile",
    "CheckReport",
    "DeckFile",
    "FolderContent",
    "check_paths",
    "cross_findings",
    "deck_files",
    "read_bibliography",
    "read_deck",
    "read_folder",
    "with_cross_findings",
]
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class FolderContent:
    """All decks of a folder and the bibliography they share."""

    decks: list[DeckFile]
    bibliography: BibliographyFile

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the folder, in order."""
        return in_order([*self.bibliography.findings, *(found for deck in self.decks for found in deck.findings)])


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. `notes` and `cards` count the decks without errors."""

    findings: tuple[Finding, ...]
    deck_files: tuple[DeckFile, ...]
    bibliographies: tuple[BibliographyFile, ...]
    notes: int
    cards: int

    @property
    def decks(self) -> int:
        """How many deck files were checked."""
        return len(self.deck_files)

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


def deck_files(folder: Path) -> list[Path]:
    """The deck files directly in a folder, sorted; [] if it cannot be listed. Hidden files and folders are left out."""
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / entry.name for entry in entries if _is_deck_entry(entry))
    except (OSError, ValueError):
        return []


def read_folder(folder: Path) -> FolderContent:
    """Every deck of a folder. A deck with an error between files has no `deck` either."""
    bibliography = read_bibliography(folder)
    read = [read_deck(path, bibliography) for path in deck_files(folder)]
    return FolderContent(with_cross_findings(read), bibliography)


def with_cross_findings(files: Sequence[DeckFile]) -> list[DeckFile]:
    """The same files with the findings between them added."""
    added: dict[Path, list[Finding]] = {}
    for finding in cross_findings(files):
        added.setdefault(finding.path, []).append(finding)
    return [_with(file, added[file.path]) if file.path in added else file for file in files]


def check_paths(paths: Sequence[Path]) -> CheckReport:
    """Check folders and single files; a file is read with its folder around it, but only its own findings are given.

    Raises UsageError for a path that does not exist or cannot be a deck.
    """
    files: dict[Path, DeckFile] = {}
    bibliographies: dict[Path, BibliographyFile] = {}
    folders: dict[Path, FolderContent] = {}
    for path in paths:
        folder = _folder_of(path)
        if folder not in folders:
            folders[folder] = read_folder(folder)
        content = folders[folder]
        bibliographies[folder] = content.bibliography
        if path == folder:
            files |= {file.path: file for file in content.decks}
        elif path.name != SOURCES_FILE:
            found = [file for file in content.decks if file.path.name == path.name]
            files |= {file.path: file for file in found or [read_deck(path, content.bibliography)]}
    return _report(tuple(files.values()), tuple(bibliographies.values()))


def _report(files: tuple[DeckFile, ...], bibliographies: tuple[BibliographyFile, ...]) -> CheckReport:
    """Count and sort what was read."""
    notes = [note for file in files if file.deck is not None for note in file.deck.notes]
    sources: Iterable[DeckFile | BibliographyFile] = (*files, *bibliographies)
    return CheckReport(
        findings=in_order(finding for source in sources for finding in source.findings),
        deck_files=files,
        bibliographies=bibliographies,
        notes=len(notes),
        cards=sum(len(parts_of(note)) for note in notes),
    )


def _folder_of(path: Path) -> Path:
    """The folder that a path names or lies in. Raises UsageError."""
    try:
        if path.is_dir():
            os.scandir(path).close()
            return path
        exists = os.path.lexists(path)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read.", "Check the name and the rights of the folder.") from error
    if not exists:
        raise UsageError(f"{path} does not exist.", "Name a folder of decks or one deck file.")
    if path.suffix.lower() not in _SUFFIXES:
        raise UsageError(f"{path} is no deck file.", "A deck file ends with .yaml or .yml.")
    return path.parent


def _is_deck_entry(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a folder is a deck file. One that cannot be looked at is, so that reading it says why."""
    name = entry.name.lower()
    if name.startswith(".") or not name.endswith(_SUFFIXES) or name == SOURCES_FILE:
        return False
    try:
        return not entry.is_dir()
    except OSError:
        return True


def _with(file: DeckFile, added: list[Finding]) -> DeckFile:
    findings = in_order([*file.findings, *added])
    return replace(file, findings=findings, deck=None if has_error(findings) else file.deck)
