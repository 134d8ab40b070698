"""Due counts of every deck, in process."""

from __future__ import annotations

from benchmarks import anki_peer
from benchmarks.figures import Figure, Goal, Section, floor_aim, peer_aim
from benchmarks.floors import FloorStore
from benchmarks.scale import DECKS, Scale, due_of
from benchmarks.stores import lifted_limits
from benchmarks.timing import FLOOR, OURS, PEER, Samples
from benchmarks.workspace import Workspace

NAME = "counts"


def run(workspace: Workspace, scale: Scale) -> Section:
    """Every size by itself; then how ours has grown from the smallest to the largest."""
    taken = {size: _count(workspace, scale, size) for size in scale.sizes}
    figures = [_figure(size, samples) for size, samples in taken.items()]
    small, large = scale.sizes[0], scale.sizes[-1]
    if small != large:
        what = f"growth: ours at {large:,} cards, floor is ours at {small:,}"
        ours = [taken[size].p50_ms(OURS) for size in (large, small)]
        figures.append(Figure(what, ours[0], None, ours[1], (floor_aim(1.5),)))
    return Section(NAME, f"{anki_peer.NAME}, its deck tree", "bare sqlite3: one GROUP BY over an index", figures)


def _figure(size: int, samples: Samples) -> Figure:
    goals: dict[int, tuple[Goal, ...]] = {10_000: (peer_aim(0.05),), 100_000: (peer_aim(0.01),)}
    what = f"due counts of {DECKS} decks, {size:,} cards"
    return Figure(what, *(samples.p50_ms(name) for name in (OURS, PEER, FLOOR)), goals.get(size, ()))


def _count(workspace: Workspace, scale: Scale, size: int) -> Samples:
    samples = Samples()
    home = workspace.home(size)
    path = workspace.collection_copy(size, DECKS) if anki_peer.IS_INSTALLED else None
    collection = anki_peer.open_collection(path) if path else None
    floor = FloorStore(workspace.fresh("floor"), size)
    with home.trainer(lifted_limits(new=20)) as trainer:
        for _ in range(scale.countings):
            overview = samples.time(OURS, trainer.overview)
            assert overview.review == due_of(size)
            if collection is not None:
                tree = samples.time(PEER, collection.sched.deck_due_tree)
                assert tree.review_count == due_of(size)
            assert sum(samples.time(FLOOR, floor.counts).values()) == due_of(size)
    if collection is not None:
        collection.close()
    floor.close()
    return samples
