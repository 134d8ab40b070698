"""What is due, over all decks and for each one alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from quizkorea.core.queue import LEARN_AHEAD_MS, Allowance, Plan, build_plan
from quizkorea.core.study_day import study_day_end_ms
from quizkorea.store.store import Store
from quizkorea.store.values import DeckCount, LoadedDeck
from quizkorea.trainer.clock import Clock
from quizkorea.trainer.settings import Settings
from quizkorea.trainer.views import DeckOverview, Overview, Selection

EVERYTHING = Selection()


def allowance_today(store: Store, settings: Settings, today: date) -> tuple[Allowance, int]:
    """What today's caps still let through, counted from the log over all decks; and the answers given today."""
    new, reviews, answered = store.done_on(today)
    left = Allowance(max(0, settings.new_per_day - new), max(0, settings.reviews_per_day - reviews))
    return left, answered


def learning_until_ms(clock: Clock, settings: Settings, today: date) -> int:
    """Learning cards due before this instant belong to today: those of the study day, and those that may come early."""
    end_ms = study_day_end_ms(today, clock.zone, settings.rollover_hour)
    return max(end_ms, clock.now_ms() + LEARN_AHEAD_MS + 1)


def plan_for(
    store: Store,
    decks: Sequence[LoadedDeck],
    today: date,
    before_ms: int,
    allowance: Allowance,
    selection: Selection = EVERYTHING,
) -> Plan:
    """The plan of a session over some loaded decks, narrowed to a tag or a type."""
    slugs = {deck.slug for deck in decks}
    only = {"tag": selection.tag, "type": selection.type}
    return build_plan(
        [card for card in store.learning(today, before_ms, **only) if card.deck in slugs],
        [card for card in store.reviews(today, **only) if card.deck in slugs],
        store.new(today, [deck.id for deck in decks], **only),
        allowance,
        store.answered_on(today),
    )


def overview_of(store: Store, decks: Sequence[LoadedDeck], settings: Settings, today: date, before_ms: int) -> Overview:
    """Today's counts: in all, and for each deck what a session on it alone would hold."""
    allowance, answered = allowance_today(store, settings, today)
    learning, reviews = store.learning(today, before_ms), store.reviews(today)
    answered_cards = store.answered_on(today)
    counts = store.counts()

    def plan(some: Sequence[LoadedDeck]) -> Plan:
        slugs = {deck.slug for deck in some}
        return build_plan(
            [card for card in learning if card.deck in slugs],
            [card for card in reviews if card.deck in slugs],
            store.new(today, [deck.id for deck in some]),
            allowance,
            answered_cards,
        )

    total = plan(decks)
    next_due = store.next_due(today)
    new_and_one = islice(store.new(today, [deck.id for deck in decks]), len(total.new) + 1)
    if len(reviews) > len(total.reviews) or len(list(new_and_one)) > len(total.new):
        next_due = (today + timedelta(days=1)).isoformat()  # what caps and siblings keep back today comes tomorrow
    return Overview(
        study_day=today,
        decks=tuple(_deck_overview(deck, plan([deck]), counts.get(deck.id, DeckCount(0, 0, 0))) for deck in decks),
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
