"""A stored card as the front ends show it."""

from __future__ import annotations

from quizkorea.core.faces import face_of
from quizkorea.core.notes import Bibliography
from quizkorea.store.card_values import StoredCard
from quizkorea.trainer.views import Presented


def presented(card: StoredCard, bibliography: Bibliography) -> Presented:
    """The card on screen; its options stand in the order that follows from its key and its reviews."""
    return Presented(
        key=card.key,
        name=card.name,
        face=face_of(card.note, card.part, bibliography, card_key=card.key, reviews=card.schedule.reviews),
        deck_title=card.deck_title,
        tags=card.tags,
        path=card.path,
        line=card.note.line,
        bibliography=bibliography,
        schedule=card.schedule,
        flagged=card.mark.flagged,
    )
