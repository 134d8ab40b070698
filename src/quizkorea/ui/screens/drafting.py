"""How a long answer is kept while it is written: a few seconds after a change, and whenever the learner turns away."""

from __future__ import annotations

from textual.reactive import reactive
from textual.timer import Timer

from quizkorea.core.errors import DataError, StoreLocked, StoreLost
from quizkorea.trainer.studying import StudySession
from quizkorea.ui.attempt import Attempt
from quizkorea.ui.context import Context
from quizkorea.ui.draft import Draft
from quizkorea.ui.messages import Failed
from quizkorea.ui.screens.base import BaseScreen
from quizkorea.ui.widgets.study_card import StudyCard

LOCKED_PATIENCE = 6
"""A locked store holds up the screen with every attempt, so the next one comes this many times later."""


class DraftingScreen(BaseScreen):
    """A screen over a session, on which a long answer may be written."""

    attempt: reactive[Attempt | None] = reactive(None, init=False)
    """The card on screen and what was done with it."""

    def __init__(self, context: Context, session: StudySession) -> None:
        super().__init__(context)
        self.session, self.draft = session, Draft(session)
        self._save_timer: Timer | None = None
        self._asked_to_stay = False

    @property
    def _written(self) -> str:
        return self.query_one(StudyCard).typed

    def keep_draft(self) -> None:
        """Save the long answer as far as it is written. Raises DataError; then it is tried again by itself."""
        if not self.draft.is_open:
            return
        try:
            self.draft.keep(self._written)
        except DataError as error:
            self.draft.problem = str(error)
            self._save_in(self.context.draft_seconds * (LOCKED_PATIENCE if isinstance(error, StoreLocked) else 1))
            raise
        self._asked_to_stay = False
        if self.draft.problem:
            self.draft.problem = ""
            self.hush()

    def try_draft(self) -> None:
        """Save it, if that can be done; if not, say so once. The learner writes on."""
        is_known = bool(self.draft.problem)
        try:
            self.keep_draft()
        except StoreLost as error:  # a copy is kept; whatever came after it would be lost
            self.post_message(Failed(error))
        except DataError as error:
            if not is_known:
                self.complain(f"Your text is not saved yet; this is tried again by itself. {error}")

    def asks_to_stay(self) -> bool:
        """Whether quitting now would lose text. The learner is told, and asked only once."""
        if self._asked_to_stay:
            return False
        try:
            self.keep_draft()
        except DataError as error:
            self._asked_to_stay = True
            self.complain(f"Your text cannot be saved; quit again to leave without it. {error}")
        return self._asked_to_stay

    # --- when ------------------------------------------------------------------------------------------------------

    def on_text_area_changed(self) -> None:
        """The first change since the last save sets the timer."""
        if self._save_timer is None and self.draft.is_open and self.draft.differs(self._written):
            self._save_in(self.context.draft_seconds)

    def _save_in(self, seconds: float) -> None:
        if self._save_timer is not None:
            self._save_timer.stop()
        self._save_timer = self.set_timer(seconds, self._save_now)

    def _save_now(self) -> None:
        self._save_timer = None
        self.try_draft()

    def on_screen_suspend(self) -> None:
        """Another screen comes on top."""
        self.try_draft()
