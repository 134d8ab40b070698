"""One card on screen, from question to rating, as a frozen value. The study screen paints it and replaces it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from quizkorea.core.faces import AnswerKind
from quizkorea.core.grading import grade_choice, grade_ticks, proposed_rating
from quizkorea.core.notes import InterpretationNote
from quizkorea.core.schedule import Outcome, Rating
from quizkorea.core.verdicts import Judgement, Verdict
from quizkorea.trainer.views import Presented

FIELD_KINDS = frozenset({AnswerKind.TEXT, AnswerKind.DATE, AnswerKind.EVENT, AnswerKind.LIST, AnswerKind.SEQUENCE})
"""Kinds that are answered on one typed line."""


class Phase(Enum):
    """How far the card has come."""

    QUESTION = auto()
    TICKING = auto()
    """The answer to an essay is on screen, and the learner ticks key points."""
    RATING = auto()


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the learner has done with the card so far."""

    presented: Presented
    phase: Phase = Phase.QUESTION
    text: str = ""
    """What the learner typed."""
    picked: tuple[int, ...] = ()
    """Indices of the options picked in a choice."""
    ticks: frozenset[int] = frozenset()
    """Indices of the key points ticked."""
    judgement: Judgement | None = None
    unreadable: Judgement | None = None
    """Why the answer is asked again; at the second time it is revealed."""
    outcomes: Mapping[Rating, Outcome] = field(default_factory=dict)

    @property
    def kind(self) -> AnswerKind:
        """How the card is answered."""
        return self.presented.face.kind

    @property
    def has_field(self) -> bool:
        """Whether it is answered by writing."""
        return self.kind in FIELD_KINDS or self.kind is AnswerKind.ESSAY

    @property
    def is_revealed(self) -> bool:
        """Whether the back is on screen."""
        return self.phase is not Phase.QUESTION

    @property
    def is_close(self) -> bool:
        """Whether the learner is asked to accept the answer."""
        closely = self.judgement is not None and self.judgement.verdict is Verdict.CLOSE
        return closely and self.phase is Phase.RATING

    @property
    def takes_several(self) -> bool:
        """Whether a choice has more than one right option."""
        return self.kind is AnswerKind.CHOICE and len(self.presented.face.right_options) > 1

    @property
    def proposed(self) -> Rating:
        """The rating that Enter takes."""
        return proposed_rating(self.judgement)

    @property
    def key_points(self) -> int:
        """How many key points there are to tick; 0 on cards that are no essay."""
        note = self.presented.face.note
        is_essay = self.kind is AnswerKind.ESSAY and isinstance(note, InterpretationNote)
        return len(note.key_points) if is_essay and isinstance(note, InterpretationNote) else 0

    def fits(self, card: Presented) -> bool:
        """Whether what was done so far makes sense on the same card after an edit."""
        ours, theirs = self.presented.face, card.face
        points = replace(self, presented=card).key_points
        return (ours.kind, ours.options, self.key_points) == (theirs.kind, theirs.options, points)

    # --- what the learner does -------------------------------------------------------------------------------------

    def typed(self, text: str, judge: Callable[[str], Judgement | None]) -> Attempt:
        """Submit a typed answer. What cannot be read is asked again once; an empty one reveals."""
        if not text.strip():
            return self.revealed()
        judgement = judge(text)
        if judgement is not None and judgement.verdict is Verdict.UNREADABLE and self.unreadable is None:
            return replace(self, unreadable=judgement, text=text)
        revealed = replace(self.revealed(), text=text, judgement=judgement)
        return revealed._counted(frozenset()) if self.key_points else revealed

    def pick(self, option: int) -> Attempt:
        """Pick an option of a choice: at once the answer where one is right, else toggled."""
        if not self.takes_several:
            return replace(self, picked=(option,)).submitted()
        others = tuple(other for other in self.picked if other != option)
        return replace(self, picked=others if option in self.picked else tuple(sorted((*others, option))))

    def submitted(self) -> Attempt:
        """Submit the options picked; nothing picked reveals."""
        judgement = grade_choice(self.presented.face, self.picked) if self.picked else None
        return replace(self.revealed(), judgement=judgement)

    def revealed(self) -> Attempt:
        """Turn the card; on an essay the learner ticks first."""
        phase = Phase.TICKING if self.key_points else Phase.RATING
        return replace(self, phase=phase, unreadable=None)

    def flagged(self, presented: Presented) -> Attempt:
        """The same attempt at the card with its flag put on or taken off."""
        return replace(self, presented=presented)

    def tick(self, point: int) -> Attempt:
        """Tick a key point, or take the tick off."""
        return self._counted(self.ticks ^ {point})

    def ticked(self) -> Attempt:
        """Done with ticking: on to the rating."""
        return replace(self._counted(self.ticks), phase=Phase.RATING)

    def _counted(self, ticks: frozenset[int]) -> Attempt:
        """Nothing written and nothing ticked is no answer to judge."""
        judged = bool(ticks) or bool(self.text.strip())
        judgement = grade_ticks(self.presented.face, sorted(ticks)) if judged else None
        return replace(self, ticks=ticks, judgement=judgement)
