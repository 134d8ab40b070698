"""A temporary folder in which stores are prepared once for each size, then copied for whoever will write to them."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

from benchmarks import anki_peer, stores
from benchmarks.material import MadeNote, notes, write_decks, write_package
from benchmarks.scale import DECKS
from benchmarks.stores import OurHome


class Workspace:
    """Everything a run writes lies below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._numbers = count()
        self._homes: dict[tuple[int, int], OurHome] = {}
        self._collections: dict[tuple[int, int], Path] = {}
        self._packages: dict[int, Path] = {}

    def fresh(self, name: str) -> Path:
        """A name that nothing has yet."""
        return self.root / f"{name}-{next(self._numbers)}"

    def notes(self, size: int) -> list[MadeNote]:
        """The notes of a size."""
        return list(notes(size))

    def package(self, size: int) -> Path:
        """An Anki package of so many notes."""
        if size not in self._packages:
            self._packages[size] = self.fresh("package").with_suffix(".apkg")
            write_package(self._packages[size], self.notes(size))
        return self._packages[size]

    def home(self, size: int, decks: int = DECKS) -> OurHome:
        """Our store of so many cards, loaded from deck files and studied for a while. Not to be written to."""
        if (size, decks) not in self._homes:
            home = OurHome(self.fresh("home"), self.fresh("decks"))
            write_decks(home.decks, self.notes(size), decks)
            with home.trainer() as trainer:
                assert not trainer.report.problems, trainer.report.problems
                stores.give_history(trainer, size)
            self._homes[size, decks] = home
        return self._homes[size, decks]

    def home_copy(self, size: int, decks: int = DECKS) -> OurHome:
        """The same, to be written to."""
        home = self.home(size, decks)
        folder = self.fresh("home-copy")
        shutil.copytree(home.folder, folder)
        return OurHome(folder, home.decks)

    def collection(self, size: int, decks: int = 1) -> Path:
        """Anki's collection of the same cards. Not to be written to."""
        if (size, decks) not in self._collections:
            self._collections[size, decks] = self._made_collection(size, decks)
        return self._collections[size, decks]

    def _made_collection(self, size: int, decks: int) -> Path:
        if decks > 1:
            path = self.collection_copy(size, 1)
            collection = anki_peer.open_collection(path)
            anki_peer.spread_over_decks(collection, decks)
        else:
            path = self.fresh("anki") / "collection.anki2"
            collection = anki_peer.open_collection(path)
            anki_peer.import_package(collection, self.package(size))
            anki_peer.give_history(collection, size)
        collection.close()
        return path

    def collection_copy(self, size: int, decks: int = 1) -> Path:
        """The same, to be written to."""
        return anki_peer.copy_collection(self.collection(size, decks), self.fresh("anki-copy"))

    def settle(self) -> None:
        """Let the disk finish what was prepared, so that it does not weigh on what is timed."""
        if hasattr(os, "sync"):
            os.sync()
