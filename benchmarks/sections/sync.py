"""Bringing deck files into the store: the first time, with nothing changed, with one note edited."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks import anki_peer
from benchmarks.figures import Figure, Goal, Section, peer_aim, peer_goal
from benchmarks.material import LONG_AGO, MadeNote, write_decks
from benchmarks.scale import Scale
from benchmarks.stores import OurHome
from benchmarks.timing import Samples
from benchmarks.workspace import Workspace
from quizkorea.trainer.facade import Trainer

NAME = "sync"
_FIRST, _AGAIN, _EDIT = "first", "again", "edit"
_ANKI, _ANKI_AGAIN = "anki first", "anki again"
_EVENTS, _EVENTS_OF_FILE, _STATS = "events", "events of one file", "stats"
_CONTENT = (
    "SELECT d.path, n.note_id, n.position, n.line, n.type, n.tags, n.content, n.accepted "
    "FROM note n JOIN deck d ON d.id = n.deck_id ORDER BY 1, 3",
    "SELECT d.path, g.position, n.note_id, c.name, c.note_name, c.part, c.guid, c.ord, c.merged_into, c.discarded_at "
    "FROM given_card g JOIN deck d ON d.id = g.deck_id JOIN note n ON n.id = g.note_row "
    "JOIN card c ON c.key = g.card_key ORDER BY 1, 2",
    "SELECT path, slug, title, summary, course_order, tags, bibliography, problem FROM deck ORDER BY 1",
)
"""All content but row numbers and time stamps, which a second load gives anew."""


class _Contest:
    """One way to cut the notes into deck files."""

    def __init__(self, workspace: Workspace, made: list[MadeNote], decks: int) -> None:
        self.decks, self.samples, self._workspace = decks, Samples(), workspace
        self._written = workspace.fresh("written")
        self._files = write_decks(self._written, made, decks)

    def turn(self, number: int) -> None:
        """A new store, loaded, synced twice over unchanged files, then with one edited note."""
        home = OurHome(self._workspace.fresh("home"), self._workspace.fresh("decks"))
        home.decks.mkdir()
        with home.trainer() as trainer:
            shutil.copytree(self._written, home.decks, dirs_exist_ok=True)
            self.samples.time(_FIRST, trainer.sync)
            for _ in range(5):
                self.samples.time(_AGAIN, trainer.sync)
                self.samples.time(_STATS, lambda: _stats(home.decks))
            edited = home.decks / self._files[len(self._files) // 2].name
            _edit(edited, number)
            self.samples.time(_EDIT, trainer.sync)
            assert not trainer.report.problems, trainer.report.problems
            _assert_as_loaded_afresh(trainer, OurHome(self._workspace.fresh("home"), home.decks))
        self.samples.time(_EVENTS, lambda: _events(self._files))
        self.samples.time(_EVENTS_OF_FILE, lambda: _events([edited]))


def _stats(folder: Path) -> list[os.stat_result]:
    with os.scandir(folder) as entries:
        return [os.stat(entry.path) for entry in entries]


def _edit(path: Path, number: int) -> None:
    text = path.read_text("utf-8")
    at = text.index(" the envoy", len(text) // 2)
    path.write_text(f"{text[:at]} the second envoy{text[at + len(' the envoy') :]}", "utf-8")
    os.utime(path, (LONG_AGO + number + 1, LONG_AGO + number + 1))


def _assert_as_loaded_afresh(trainer: Trainer, fresh: OurHome) -> None:
    with fresh.trainer() as other:
        for sql in _CONTENT:
            rows, loaded = (one.store.connection.execute(sql).fetchall() for one in (trainer, other))
            assert rows == loaded
            assert rows


def _events(paths: Iterable[Path]) -> int:
    """Run the YAML parser over the files and throw away what it says: nobody who reads YAML can be quicker."""
    import yaml

    return sum(1 for path in paths for _ in yaml.parse(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


def _anki_turn(workspace: Workspace, samples: Samples, size: int) -> None:
    collection = anki_peer.open_collection(workspace.fresh("anki") / "collection.anki2")
    package = workspace.package(size)
    samples.time(_ANKI, lambda: anki_peer.import_package(collection, package))
    assert collection.card_count() == size
    samples.time(_ANKI_AGAIN, lambda: anki_peer.import_package(collection, package))
    collection.close()


def run(workspace: Workspace, scale: Scale) -> Section:
    """Both cuts and Anki in turn."""
    made = workspace.notes(scale.size)
    contests = [_Contest(workspace, made, decks) for decks in (10, 1)]
    anki = Samples()
    workspace.package(scale.size)
    workspace.settle()
    for number in range(scale.loads):
        for contest in contests:
            contest.turn(number)
        if anki_peer.IS_INSTALLED:
            _anki_turn(workspace, anki, scale.size)
    figures = [figure for contest in contests for figure in _figures(contest, anki, scale.size)]
    peer = f"{anki_peer.NAME}, importing a package of the same notes"
    floor = "libyaml's events over the changed files, thrown away (unchanged: one stat a file)"
    return Section(NAME, peer, floor, figures)


def _figures(contest: _Contest, anki: Samples, size: int) -> list[Figure]:
    ours = contest.samples
    cut = (
        f"{contest.decks} decks x {size // contest.decks:,} notes" if contest.decks > 1 else f"1 deck x {size:,} notes"
    )

    def figure(what: str, mine: str, peers: str, floor: str, *goals: Goal) -> Figure:
        return Figure(f"{what}, {cut}", ours.p50_ms(mine), anki.p50_ms(peers), ours.p50_ms(floor), goals)

    return [
        figure("first load", _FIRST, _ANKI, _EVENTS, peer_goal(3.0), peer_aim(2.0)),
        figure("nothing changed", _AGAIN, _ANKI_AGAIN, _STATS, peer_goal(0.05)),
        figure("one edited note", _EDIT, _ANKI, _EVENTS_OF_FILE, peer_goal(0.2)),
    ]
