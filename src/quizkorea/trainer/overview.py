"""What is due, over all decks and for each one alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from quizkorea.core.queue import LEARN_AHEAD_MS, Allowance, Candidate, Plan, build_plan
from quizkorea.core.study_day import study_day_end_ms
from quizkorea.store.planning import PlanReader
from quizkorea.store.values import DeckCount, LoadedDeck
from quizkorea.trainer.clock import Clock
from quizkorea.trainer.settings import Settings
from quizkorea.trainer.today import DeckOverview, Overview, Selection

EVERYTHING = Selection()


def allowance_today(store: PlanReader, settings: Settings, today: date) -> tuple[Allowance, int]:
    """What today's caps still let through, counted from the log over all decks; and the answers given today."""
    new, reviews, answered = store.done_on(today)
    left = Allowance(max(0, settings.new_per_day - new), max(0, settings.reviews_per_day - reviews))
    return left, answered


def learning_until_ms(clock: Clock, settings: Settings, today: date) -> int:
    """Learning cards due before this instant belong to today: those of the study day, and those that may come early."""
    end_ms = study_day_end_ms(today, clock.zone, settings.rollover_hour)
    return max(end_ms, clock.now_ms() + LEARN_AHEAD_MS + 1)


class Planner:
    """What could be shown today, asked of the store once, and the plans of sessions over some of the decks."""

    def __init__(
        self, store: PlanReader, today: date, before_ms: int, allowance: Allowance, selection: Selection = EVERYTHING
    ) -> None:
        self._store, self._today, self._allowance = store, today, allowance
        self._only = {"tag": selection.tag, "type": selection.type}
        self._learning = _by_deck(store.learning(today, before_ms, **self._only))
        self._reviews = _by_deck(store.reviews(today, **self._only))
        self._answered = store.answered_on(today)

    @property
    def reviews_due(self) -> int:
        """How many reviews are due, capped or not."""
        return sum(len(cards) for cards in self._reviews.values())

    def plan(self, decks: Sequence[LoadedDeck]) -> Plan:
        """The plan of a session over these decks."""
        return build_plan(
            [card for deck in decks for card in self._learning.get(deck.slug, ())],
            [card for deck in decks for card in self._reviews.get(deck.slug, ())],
            self._store.new(self._today, [deck.id for deck in decks], **self._only),
            self._allowance,
            self._answered,
        )


def _by_deck(cards: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    for card in cards:
        found.setdefault(card.deck, []).append(card)
    return found


def plan_of_today(
    store: PlanReader,
    decks: Sequence[LoadedDeck],
    selection: Selection,
    settings: Settings,
    clock: Clock,
    today: date,
    new_left: int | None,
) -> Plan:
    """The plan of a session over a slice. `new_left`: how many new cards it may still begin; None: as many as today."""
    allowance, _ = allowance_today(store, settings, today)
    if new_left is not None:
        allowance = Allowance(min(allowance.new, new_left), allowance.reviews)
    before_ms = learning_until_ms(clock, settings, today)
    return Planner(store, today, before_ms, allowance, selection).plan(decks)


def every_card(
    store: PlanReader, decks: Sequence[LoadedDeck], selection: Selection, today: date
) -> Iterator[Candidate]:
    """All cards of a slice in course order, due or not."""
    return store.all_cards(today, [deck.id for deck in decks], tag=selection.tag, type=selection.type)


def overview_of(
    store: PlanReader, decks: Sequence[LoadedDeck], settings: Settings, today: date, before_ms: int
) -> Overview:
    """Today's counts: in all, and for each deck what a session on it alone would hold."""
    allowance, answered = allowance_today(store, settings, today)
    planner = Planner(store, today, before_ms, allowance)
    counts = store.counts()
    total = planner.plan(decks)
    next_due = store.next_due(today)
    new_and_one = islice(store.new(today, [deck.id for deck in decks]), len(total.new) + 1)
    if planner.reviews_due > len(total.reviews) or len(list(new_and_one)) > len(total.new):
        next_due = (today + timedelta(days=1)).isoformat()  # what caps and siblings keep back today comes tomorrow
    return Overview(
        study_day=today,
        decks=tuple(
            _deck_overview(deck, planner.plan([deck]), counts.get(deck.id, DeckCount(0, 0, 0))) for deck in decks
        ),
        new=len(total.new),
        learning=len(total.learning),
        review=len(total.reviews),
        answered_today=answered,
        next_due=None if next_due is None else date.fromisoformat(next_due),
    )


def _deck_overview(deck: LoadedDeck, plan: Plan, count: DeckCount) -> DeckOverview:
    return DeckOverview(
        slug=deck.slug,
        title=deck.title,
        summary=deck.summary,
        new=len(plan.new),
        learning=len(plan.learning),
        review=len(plan.reviews),
        cards=count.cards,
        seen=count.seen,
        suspended=count.suspended,
        problem=deck.problem,
    )
