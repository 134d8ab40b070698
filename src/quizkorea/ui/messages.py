"""What screens tell the app: facts and wishes, never commands to other screens."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from quizkorea.core.errors import QuizKoreaError
from quizkorea.trainer.studying import StudySession
from quizkorea.ui.requests import StudyRequest


@dataclass
class StudyWanted(Message):
    """The learner wants a new session."""

    request: StudyRequest


@dataclass
class SessionEnded(Message):
    """A session has no more cards, or the learner left it."""

    request: StudyRequest
    session: StudySession


@dataclass
class SessionResumed(Message):
    """A session that had ended goes on: an answer was taken back, or a card has come due."""

    request: StudyRequest
    session: StudySession


@dataclass
class HomeWanted(Message):
    """The learner wants the list of decks."""

    deck: str | None = None
    """Slug of the deck to put the cursor on."""


@dataclass
class Failed(Message):
    """A data problem that the program cannot go on with."""

    error: QuizKoreaError
