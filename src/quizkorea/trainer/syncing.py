"""Deck files that changed are read and brought into the store."""

from __future__ import annotations

import time

from quizkorea.store.held_names import names_held
from quizkorea.store.rows import Rebuild
from quizkorea.store.store import Store
from quizkorea.store.sync import sync
from quizkorea.trainer.folders import Stamped
from quizkorea.trainer.loading import Changes
from quizkorea.trainer.reading import FolderReader


def apply_changes(store: Store, changes: Changes, now_ms: int, rebuild: Rebuild) -> None:
    """Bring the store up to date with the files that changed; all of them or none."""
    reader = FolderReader(names_held(store.connection, store.path, changes.unchanged))
    stamped = {path: Stamped(file.path, file.stamp, file.sources_stamp) for path, file in changes.now.items()}
    read = reader.read([path for path in changes.now if path in changes.changed], stamped, time.time_ns)
    sync(store, read, changes.gone, list(changes.now), now_ms, rebuild)
