"""The long answer in the making: what the store holds of it, so that only what has changed is written."""

from __future__ import annotations

from quizkorea.core.faces import AnswerKind
from quizkorea.trainer.studying import StudySession
from quizkorea.trainer.views import Presented


class Draft:
    """The draft of the card on screen: read when the card comes, written when the text differs from it."""

    def __init__(self, session: StudySession) -> None:
        self._session = session
        self._saved = ""
        self.is_open = False
        """Whether an essay is on screen whose text is to be kept."""
        self.problem = ""
        """What the last attempt to save it met with; empty when nothing is amiss."""

    def open(self, card: Presented | None) -> str:
        """The text that the learner goes on with; empty for a card that is not answered at length."""
        self.close()
        if card is None or card.face.kind is not AnswerKind.ESSAY:
            return ""
        self._saved = self._session.draft
        self.is_open = True
        return self._saved

    def close(self) -> None:
        """The card has left the screen; what is typed from now on is another card's."""
        self.is_open, self.problem = False, ""

    def differs(self, text: str) -> bool:
        """Whether the store holds something else."""
        return self.is_open and self._session.current is not None and _kept(text) != self._saved

    def keep(self, text: str) -> None:
        """Write the text if it differs; one of spaces alone is none, and is forgotten. Raises DataError."""
        if self.differs(text):
            self._session.save_draft(_kept(text))
            self._saved = _kept(text)


def _kept(text: str) -> str:
    return text if text.strip() else ""
