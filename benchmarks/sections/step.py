"""Answer, a commit that outlives loss of power, and the next card: ours, Anki's and bare sqlite3, in slices."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from benchmarks import anki_peer, stores
from benchmarks.figures import Figure, Section, floor_goal, peer_goal
from benchmarks.floors import FloorStore
from benchmarks.scale import Scale, due_of
from benchmarks.timing import FLOOR, OURS, PEER, Samples
from benchmarks.workspace import Workspace
from quizkorea.core.schedule import Rating

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.stores import OurHome

NAME = "step"
SLICE = 30
FULL = 2
_RATINGS = (Rating.AGAIN, *[Rating.GOOD] * 6, Rating.EASY)
Step = Callable[[Rating], float]
"""Takes the rating of the card on screen, answers it, and gives the seconds until the next one is there."""


@contextmanager
def our_step(home: OurHome, size: int, new: int, previews: list[float]) -> Iterator[Step]:
    """Our session over a store; it must have written as many rows as it has answered.

    The four intervals of the next card are computed at its reveal, which another key asks for: they are timed apart.
    """
    answers = 0
    with home.trainer(stores.lifted_limits(new)) as trainer:
        stores.make_due_again(trainer, size)
        assert stores.synchronous(trainer) == FULL
        rows_before = stores.log_rows(trainer)
        session = trainer.study(new_limit=new)
        session.next()
        outcomes = session.outcomes()

        def step(rating: Rating) -> float:
            nonlocal answers, outcomes
            start = time.perf_counter()
            session.rate(outcomes[rating])
            session.next()
            shown = time.perf_counter()
            outcomes = session.outcomes()
            previews.append(time.perf_counter() - shown)
            answers += 1
            return shown - start

        yield step
        assert stores.log_rows(trainer) - rows_before == answers


@contextmanager
def anki_step(path: Path, size: int, new: int = 0) -> Iterator[Step]:
    """Anki's scheduler over a collection; the same guards."""
    collection = anki_peer.open_collection(path)
    anki_peer.make_due_again(collection, size)
    anki_peer.lifted(collection, new)
    collection.close()
    collection = anki_peer.open_collection(path)  # a fresh one has no queue yet
    from anki.cards import Card

    assert collection.db is not None
    assert collection.db.scalar("pragma synchronous") == FULL
    rows_before = collection.db.scalar("select count(*) from revlog")
    answers, scheduler, queued = 0, collection.sched, collection.sched.get_queued_cards()

    def step(rating: Rating) -> float:
        nonlocal answers, queued
        item = queued.cards[0]
        card = Card(collection)
        card._load_from_backend_card(item.card)
        card.start_timer()
        start = time.perf_counter()
        scheduler.answer_card(scheduler.build_answer(card=card, states=item.states, rating=rating - 1))
        queued = scheduler.get_queued_cards()
        seconds = time.perf_counter() - start
        answers += 1
        return seconds

    yield step
    assert collection.db.scalar("select count(*) from revlog") - rows_before == answers
    collection.close()


@contextmanager
def floor_step(store: FloorStore) -> Iterator[Step]:
    """Bare sqlite3: no grading, no content, only the write and the next row."""
    store.reopen()
    store.make_due_again()
    card = store.next()

    def step(rating: Rating) -> float:
        nonlocal card
        start = time.perf_counter()
        store.answer(card, rating)
        card = store.next()
        return time.perf_counter() - start

    yield step


class _Contest:
    """The contenders at one size, each with a store of its own."""

    def __init__(self, workspace: Workspace, size: int, new: int = 0) -> None:
        self.size, self.new, self.samples = size, new, Samples()
        self.previews: list[float] = []
        """Seconds that the four intervals of a card took."""
        self.home = workspace.home_copy(size)
        self.collection = workspace.collection_copy(size) if anki_peer.IS_INSTALLED else None
        self.floor = FloorStore(workspace.fresh("floor"), size)

    def contenders(self, stack: ExitStack) -> dict[str, Step]:
        """Open everything for a round."""
        steps = {OURS: stack.enter_context(our_step(self.home, self.size, self.new, self.previews))}
        if self.collection is not None:
            steps[PEER] = stack.enter_context(anki_step(self.collection, self.size, self.new))
        return steps | {FLOOR: stack.enter_context(floor_step(self.floor))}


def run(workspace: Workspace, scale: Scale) -> Section:
    """All sizes in turn, so that they can be compared with one another too."""
    contests = [_Contest(workspace, size) for size in scale.sizes]
    crowded = _Contest(workspace, scale.size, new=stores.LIFTED)
    workspace.settle()
    _contend(contests, scale.steps)
    _contend([crowded], scale.steps // 4)
    for contest in [*contests, crowded]:
        contest.floor.close()
    figures = [figure for contest in contests for figure in _figures(contest)]
    if len(contests) > 1:
        figures.append(_growth(contests[0], contests[-1]))
    figures.append(
        _figure(f"the same, {scale.size:,} cards, all new cards waiting too, p50", crowded, Samples.p50_ms, goals=())
    )
    note = f"{contests[0].samples.count(OURS):,} answers of each contender at each size."
    return Section(NAME, anki_peer.NAME, "bare sqlite3: update, insert, commit, next row", figures, (note,))


def _contend(contests: list[_Contest], steps: int) -> None:
    """Rounds over the due cards; within a round everybody takes a slice in turn."""
    a_round = int(min(due_of(contest.size) for contest in contests) * 0.9)
    chance = random.Random(3)
    while contests[0].samples.count(OURS) < steps:
        with ExitStack() as stack:
            entered = [(contest.samples, contest.contenders(stack)) for contest in contests]
            for start in range(0, a_round, SLICE):
                ratings = chance.choices(_RATINGS, k=min(SLICE, a_round - start))
                for samples, steppers in entered:
                    for name, step in steppers.items():
                        for rating in ratings:
                            samples.add(name, step(rating))


def _figures(contest: _Contest) -> list[Figure]:
    p50_goals, p99_goals = (peer_goal(0.8), floor_goal(1.8)), (peer_goal(1.0),)
    what = f"answer + commit + next card, {contest.size:,} cards"
    return [
        _figure(f"{what}, p50", contest, Samples.p50_ms, p50_goals),
        _figure(f"{what}, p99", contest, Samples.p99_ms, p99_goals),
        Figure(
            f"the four intervals at the reveal, {contest.size:,} cards, p50 (Anki's: within the above)",
            statistics.median(contest.previews) * 1000,
        ),
    ]


def _figure(what: str, contest: _Contest, measure: Callable[[Samples, str], float | None], goals: tuple) -> Figure:
    ours, peer, floor = (measure(contest.samples, name) for name in (OURS, PEER, FLOOR))
    return Figure(what, ours, peer, floor, goals)


def _growth(small: _Contest, large: _Contest) -> Figure:
    what = f"growth: ours at {large.size:,} cards, floor is ours at {small.size:,}, p50"
    return Figure(what, large.samples.p50_ms(OURS), None, small.samples.p50_ms(OURS), (floor_goal(1.15),))
