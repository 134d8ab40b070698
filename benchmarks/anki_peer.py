"""The peer: Anki's own library, headless, FSRS on. It may be missing on a platform."""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.scale import due_of
from benchmarks.stores import LIFTED, REVIEWS_OF_A_CARD, STUDIED_SHARE

if TYPE_CHECKING:
    from anki.collection import Collection

NOT_INSTALLED = "Anki's library (not installed here)"
IS_INSTALLED = find_spec("anki") is not None
NAME = "Anki's library" if IS_INSTALLED else NOT_INSTALLED


def open_collection(path: Path) -> Collection:
    """Open a collection, made when there is none."""
    from anki.collection import Collection

    path.parent.mkdir(parents=True, exist_ok=True)
    return Collection(str(path))


def import_package(collection: Collection, package: Path) -> None:
    """Import a package of notes."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    options = ImportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))


def export_package(collection: Collection, path: Path) -> None:
    """Write all notes as a package in Anki's present format."""
    from anki.collection import ExportAnkiPackageOptions

    collection.export_anki_package(out_path=str(path), limit=None, options=ExportAnkiPackageOptions(legacy=False))


def set_limits(collection: Collection, new: int, reviews: int) -> None:
    """The daily limits of every deck."""
    config = collection.decks.get_config(1)
    assert config is not None
    config["new"]["perDay"], config["rev"]["perDay"] = new, reviews
    collection.decks.update_config(config)


def give_history(collection: Collection, size: int) -> None:
    """What `stores.give_history` does to ours: 60 % in review with memory and log, `due_of(size)` due."""
    collection.set_config("fsrs", True)
    studied = _studied(collection, size)
    due = set(_due(studied, size))
    _write_cards(collection, studied, due)
    first_ms = int(time.time() * 1000) - 40 * 86_400_000
    numbered = enumerate(card for card in studied for _ in range(REVIEWS_OF_A_CARD))
    logs = [(first_ms + 3 * at, card, -1, 3, 30, 30, 500, 4_000, 1) for at, card in numbered]
    _executemany(collection, "insert into revlog values (?,?,?,?,?,?,?,?,?)", logs)
    did = collection.decks.id_for_name("made")
    assert did is not None
    collection.decks.set_current(did)


def make_due_again(collection: Collection, size: int) -> None:
    """Put the cards that were due at first back to where they stood."""
    due = _due(_studied(collection, size), size)
    _write_cards(collection, due, set(due))


def _studied(collection: Collection, size: int) -> list[int]:
    assert collection.db is not None
    cards = collection.db.list("select id from cards order by id")
    return random.Random(1).sample(cards, int(size * STUDIED_SHARE))


def _due(studied: Sequence[int], size: int) -> list[int]:
    return random.Random(size).sample(list(studied), due_of(size))


def _write_cards(collection: Collection, cards: Sequence[int], due: set[int]) -> None:
    today = collection.sched.today
    rows = []
    for card in cards:
        chance = random.Random(card)
        day = today - chance.randint(0, 3) if card in due else today + chance.randint(1, 60)
        memory = {"s": round(chance.uniform(1, 90), 4), "d": round(chance.uniform(1, 10), 3), "dr": 0.9}
        rows.append((day, chance.randint(5, 90), json.dumps(memory), card))
    sql = "update cards set type=2, queue=2, left=0, due=?, ivl=?, factor=2500, reps=4, data=? where id=?"
    _executemany(collection, sql, rows)


def _executemany(collection: Collection, sql: str, rows: Sequence[Sequence[object]]) -> None:
    assert collection.db is not None
    collection.db.executemany(sql, rows)


def spread_over_decks(collection: Collection, decks: int) -> None:
    """Deal the cards out to so many decks of their own."""
    assert collection.db is not None
    ids = [collection.decks.id(f"made-{number:02d}") for number in range(decks)]
    cards = collection.db.list("select id from cards order by id")
    rows = [(ids[at % decks], card) for at, card in enumerate(cards)]
    _executemany(collection, "update cards set did=? where id=?", rows)


def copy_collection(path: Path, folder: Path) -> Path:
    """A copy of a closed collection in a new folder."""
    shutil.copytree(path.parent, folder)
    return folder / path.name


def lifted(collection: Collection, new: int = 0) -> None:
    """No limit on reviews."""
    set_limits(collection, new, LIFTED)
