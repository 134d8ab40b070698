"""What changed in the deck folders since the store read them, and which decks they give (DESIGN §3, §8)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from quizkorea.store.mirror import file_rows, loaded_decks
from quizkorea.store.planning import PlanReader
from quizkorea.store.values import FileRow, LoadedDeck
from quizkorea.trainer.folders import SOURCES_NAME, is_deck_name, name_of
from quizkorea.trainer.today import LoadReport

SETTLING_NS = 2_000_000_000
"""A file touched this shortly before it was read is read again: its time stamp may be too coarse to tell."""


class FileNow(NamedTuple):
    """A deck file as it lies in its folder."""

    path: Path
    stamp: str
    sources_stamp: str
    mtime_ns: int


class Changes(NamedTuple):
    """The deck files of today's folders beside what the store remembers of them. False when nothing changed."""

    now: dict[str, FileNow]
    known: Mapping[str, FileRow]
    changed: frozenset[str]
    """Names of the files to be read."""
    gone: tuple[str, ...]
    """Names of the files that are no longer there."""
    unchanged: tuple[str, ...]
    """Names of the other files in the folders that changed: what was read is checked against them."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


def find_changes(reader: PlanReader, folders: Sequence[Path]) -> Changes:
    """Look at the folders. No file is opened: size, time and inode tell."""
    now = {name_of(file.path): file for folder in folders for file in _files_in(folder)}
    known = file_rows(reader.connection, reader.path, [name_of(folder) for folder in folders])
    # a folder that cannot be listed today says nothing about its files
    listed = {name_of(folder) for folder in folders if _can_list(folder)}
    gone = [path for path, row in known.items() if path not in now and row.folder in listed]
    changed = {path for path, file in now.items() if _is_changed(file, known.get(path))}
    moved = {name_of(now[path].path.parent) for path in changed} | {known[path].folder for path in gone}
    beside = [path for path, row in known.items() if path in now and path not in changed and row.folder in moved]
    # what stands in another file may be the cause of an error, or its cure
    changed |= {path for path in beside if known[path].problem is not None}
    unchanged = tuple(path for path in beside if path not in changed)
    return Changes(now, known, frozenset(changed), tuple(gone), unchanged)


def load_decks(reader: PlanReader, folders: Sequence[Path], changes: Changes) -> tuple[list[LoadedDeck], LoadReport]:
    """The decks that these folders give, and what is to be said of them; what changed has been read by now."""
    decks = loaded_decks(reader.connection, reader.path, list(changes.now))
    known = changes.known
    if changes:
        known = file_rows(reader.connection, reader.path, [name_of(folder) for folder in folders])
    return decks, _report(reader, folders, changes.now, decks, known)


def _files_in(folder: Path) -> list[FileNow]:
    if not _can_list(folder):
        return []
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if is_deck_name(entry.name) and not _is_folder(entry))
    except OSError:
        return []
    sources_stamp, sources_mtime = _stamp(folder / SOURCES_NAME)
    files = []
    for name in names:
        stamp, mtime_ns = _stamp(folder / name)
        files.append(FileNow(folder / name, stamp, sources_stamp, max(mtime_ns, sources_mtime)))
    return files


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stamp(path: Path) -> tuple[str, int]:
    """Size, time of change, inode and whether it may be read: the same in an unchanged file."""
    try:
        status = os.stat(path)
    except OSError:
        return "", 0
    rights = "" if os.access(path, os.R_OK) else "-unreadable"
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}{rights}", status.st_mtime_ns


def _is_changed(file: FileNow, known: FileRow | None) -> bool:
    return (
        known is None
        or not file.stamp
        or (file.stamp, file.sources_stamp) != (known.file_stamp, known.sources_stamp)
        or file.mtime_ns + SETTLING_NS >= known.read_ns
    )


def _can_list(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.X_OK)


def _report(
    reader: PlanReader,
    folders: Sequence[Path],
    now: dict[str, FileNow],
    decks: Sequence[LoadedDeck],
    known: Mapping[str, FileRow],
) -> LoadReport:
    loaded = {deck.path for deck in decks}
    closed = [name_of(folder) for folder in folders if not _can_list(folder)]
    problems = [f"{folder} cannot be read, so its decks are not loaded; check its rights." for folder in closed]
    shadowed = []
    for path in now:
        row = known.get(path)
        if row is None:
            continue
        if row.problem is not None:
            kept = "the deck's last good content is used" if path in loaded else "the deck is not loaded"
            problems.append(f"{row.problem}; {kept}. Run: quizkorea check {_shell_word(path)}")
        elif path not in loaded:
            shadowed.append(f"{path} is not used: an earlier folder has the deck {row.slug!r} too.")
    known_slugs = {deck.slug for deck in decks}
    known_slugs |= {row.slug or "" for row in known.values() if row.problem is not None or row.folder in closed}
    absent = reader.studied_slugs(known_slugs)
    if absent:
        problems.append(f"Not in today's folders, so not loaded, but kept with their reviews: {', '.join(absent)}.")
    return LoadReport(tuple(problems), tuple(shadowed))


def _shell_word(path: str) -> str:
    from shlex import quote

    return quote(path)
