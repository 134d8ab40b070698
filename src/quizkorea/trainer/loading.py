"""From deck folders to the store: reads what changed, and says which decks this process has loaded (DESIGN §3, §8)."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quizkorea.store.mirror import file_rows, loaded_decks, names_held
from quizkorea.store.store import Store
from quizkorea.store.values import FileRow, LoadedDeck
from quizkorea.trainer.folders import SOURCES_NAME, Stamped, is_deck_name, name_of
from quizkorea.trainer.views import LoadReport

if TYPE_CHECKING:
    from quizkorea.store.rows import Rebuild

SETTLING_NS = 2_000_000_000
"""A file touched this shortly before it was read is read again: its time stamp may be too coarse to tell."""


@dataclass(frozen=True, slots=True)
class _FileNow:
    path: Path
    stamp: str
    sources_stamp: str
    mtime_ns: int


_Known = Mapping[str, FileRow]


def load_decks(
    store: Store, folders: Sequence[Path], now_ms: int, rebuild: Rebuild
) -> tuple[list[LoadedDeck], LoadReport]:
    """Bring the store up to date with these folders and load their decks. No unchanged file is parsed."""
    now = {name_of(file.path): file for folder in folders for file in _files_in(folder)}
    known = _sync(store, folders, now, now_ms, rebuild)
    decks = loaded_decks(store.connection, store.path, list(now))
    store.load([deck.id for deck in decks])
    return decks, _report(store, folders, now, decks, known)


def _files_in(folder: Path) -> list[_FileNow]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if is_deck_name(entry.name) and not _is_folder(entry))
    except OSError:
        return []
    sources_stamp, sources_mtime = _stamp(folder / SOURCES_NAME)
    files = []
    for name in names:
        stamp, mtime_ns = _stamp(folder / name)
        files.append(_FileNow(folder / name, stamp, sources_stamp, max(mtime_ns, sources_mtime)))
    return files


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stamp(path: Path) -> tuple[str, int]:
    """Size, time of change and inode: what must stay the same for a file to count as unchanged."""
    try:
        status = os.stat(path)
    except OSError:
        return "", 0
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}", status.st_mtime_ns


def _sync(store: Store, folders: Sequence[Path], now: dict[str, _FileNow], now_ms: int, rebuild: Rebuild) -> _Known:
    """Read what changed; what the store remembers of the files afterwards."""
    names_of_folders = [name_of(folder) for folder in folders]
    known = file_rows(store.connection, store.path, names_of_folders)
    # a folder that cannot be listed today says nothing about its files
    listed = {name_of(folder) for folder in folders if _can_list(folder)}
    gone = [path for path, row in known.items() if path not in now and row.folder in listed]
    changed = {path for path, file in now.items() if _is_changed(file, known.get(path))}
    if not changed and not gone:
        return known
    # what stands in another file may be the cause of an error, or its cure
    moved = {name_of(now[path].path.parent) for path in changed} | {known[path].folder for path in gone}
    changed |= {path for path, row in known.items() if row.problem is not None and path in now and row.folder in moved}
    # the parser is only paid for when something changed
    from quizkorea.store.sync import sync
    from quizkorea.trainer.reading import FolderReader

    unchanged = [path for path in known if path in now and path not in changed]
    names = names_held(store.connection, store.path, unchanged)
    reader = FolderReader(names)
    read = reader.read([path for path in now if path in changed], _stamps(now), time.time_ns)
    sync(store, read, gone, list(now), now_ms, rebuild)
    return file_rows(store.connection, store.path, names_of_folders)


def _is_changed(file: _FileNow, known: FileRow | None) -> bool:
    return (
        known is None
        or not file.stamp
        or (file.stamp, file.sources_stamp) != (known.file_stamp, known.sources_stamp)
        or file.mtime_ns + SETTLING_NS >= known.read_ns
    )


def _stamps(now: dict[str, _FileNow]) -> dict[str, Stamped]:
    return {path: Stamped(file.path, file.stamp, file.sources_stamp) for path, file in now.items()}


def _can_list(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.X_OK)


def _report(
    store: Store, folders: Sequence[Path], now: dict[str, _FileNow], decks: Sequence[LoadedDeck], known: _Known
) -> LoadReport:
    loaded = {deck.path for deck in decks}
    problems = [
        f"{name_of(folder)} cannot be read; its decks are not loaded." for folder in folders if not _can_list(folder)
    ]
    shadowed = []
    for path in now:
        row = known.get(path)
        if row is None:
            continue
        if row.problem is not None:
            kept = "its last good content is used" if path in loaded else "it is not loaded"
            problems.append(f"{row.problem}; {kept}. Run: quizkorea check {_shell_word(path)}")
        elif path not in loaded:
            shadowed.append(f"{path} is not used: an earlier folder has the deck {row.slug!r} too.")
    known_slugs = {deck.slug for deck in decks} | {row.slug for row in known.values() if row.problem is not None}
    absent = [slug for slug in store.studied_slugs() if slug not in known_slugs]
    if absent:
        problems.append(f"Not in today's folders, so not loaded, but kept with their reviews: {', '.join(absent)}.")
    return LoadReport(tuple(problems), tuple(shadowed))


def _shell_word(path: str) -> str:
    from shlex import quote

    return quote(path)
