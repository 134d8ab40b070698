"""What the figures were measured on, without saying whose machine it is."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("anki", "fsrs", "genanki", "textual")


def head_text(folder: Path, date: str) -> str:
    """The lines above the tables."""
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return (
        f"Last run: {date}. Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}; "
        f"{platform.system()}, {os.cpu_count()} cores; writing 4 KiB and syncing them to the disk under test takes "
        f"{_sync_ms(folder):.2f} ms.\n"
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _sync_ms(folder: Path) -> float:
    taken = []
    with (folder / "sync-probe").open("wb", buffering=0) as file:
        for _ in range(100):
            start = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000
