"""Which cards a session takes, and in which order (DESIGN §6).

Reviews come by elapsed days ÷ stability, descending (lowest retrievability first), with new cards spread evenly among
them in course order. Siblings wait until tomorrow. Learning cards are kept apart: they come whenever they are due.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quizkorea.core.card_names import is_attribution

LEARN_AHEAD_MS = 20 * 60_000
"""When nothing else is left, learning cards due within this time come now."""


class Candidate(NamedTuple):
    """A card that could be shown, with what decides its place."""

    key: int
    note_name: str
    part: str
    elapsed_days: int = 0
    """Study days since its last review."""
    stability: float = 0.0
    due_ms: int = 0
    """For learning cards."""
    deck: str = ""
    """Slug of its deck, for counts by deck."""


class Allowance(NamedTuple):
    """How many more cards today's caps let through."""

    new: int
    reviews: int


class Plan(NamedTuple):
    """The cards of a session: `learning` by due time, and `main` in the order to be shown."""

    learning: tuple[Candidate, ...] = ()
    reviews: tuple[Candidate, ...] = ()
    new: tuple[Candidate, ...] = ()
    main: tuple[Candidate, ...] = ()


class SiblingFilter:
    """Lets one card of a note through a day; attribution cards of one interpretation do not keep one another back."""

    def __init__(self, seen: Iterable[tuple[str, str]] = ()) -> None:
        """`seen`: (note name, part) of the cards answered today."""
        self._seen: dict[str, set[str]] = {}
        for note_name, part in seen:
            self.add(note_name, part)

    def add(self, note_name: str, part: str) -> None:
        """Count a card as shown today."""
        self._seen.setdefault(note_name, set()).add(part)

    def admits(self, note_name: str, part: str) -> bool:
        """Whether the card may come today."""
        others = self._seen.get(note_name, set()) - {part}
        return not others or (is_attribution(part) and all(is_attribution(other) for other in others))


def build_plan(
    learning: Sequence[Candidate],
    reviews: Sequence[Candidate],
    new: Iterable[Candidate],
    allowance: Allowance,
    answered_today: Iterable[tuple[str, str]],
) -> Plan:
    """The plan of a session. `new` is read only as far as the allowance goes."""
    siblings = SiblingFilter(answered_today)
    for candidate in learning:
        siblings.add(candidate.note_name, candidate.part)
    by_need = sorted(reviews, key=lambda c: (-c.elapsed_days / max(c.stability, 0.001), c.key))
    chosen_reviews = _admitted(by_need, siblings, allowance.reviews)
    chosen_new = _admitted(new, siblings, allowance.new)
    return Plan(
        learning=tuple(sorted(learning, key=lambda c: (c.due_ms, c.key))),
        reviews=chosen_reviews,
        new=chosen_new,
        main=spread(chosen_reviews, chosen_new),
    )


def _admitted(candidates: Iterable[Candidate], siblings: SiblingFilter, most: int) -> tuple[Candidate, ...]:
    chosen: list[Candidate] = []
    if most <= 0:
        return ()
    for candidate in candidates:
        if siblings.admits(candidate.note_name, candidate.part):
            siblings.add(candidate.note_name, candidate.part)
            chosen.append(candidate)
            if len(chosen) >= most:
                break
    return tuple(chosen)


def spread(reviews: Sequence[Candidate], new: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """New cards among the reviews at even distances, each list in its own order; a review comes first."""
    places = [((at + 1) / (len(reviews) + 1), 0, card) for at, card in enumerate(reviews)]
    places += [((at + 1) / (len(new) + 1), 1, card) for at, card in enumerate(new)]
    return tuple(card for _, _, card in sorted(places, key=lambda place: place[:2]))
