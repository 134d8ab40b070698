"""What the study screen does with a card apart from answering it: take back, set aside, flag, edit, look up."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import PurePath

from textual.app import SuspendNotSupported
from textual.reactive import reactive
from textual.widgets import Markdown

from quizkorea.trainer.studying import StudySession
from quizkorea.trainer.views import Presented
from quizkorea.ui.attempt import Attempt
from quizkorea.ui.context import Context
from quizkorea.ui.editor import NoEditor, editor_command
from quizkorea.ui.guard import ending, guarded
from quizkorea.ui.keys import KeyHint
from quizkorea.ui.messages import HomeWanted, SessionEnded
from quizkorea.ui.requests import StudyRequest
from quizkorea.ui.screens.drafting import DraftingScreen
from quizkorea.ui.screens.panel import Panel
from quizkorea.ui.study_views import info_rows
from quizkorea.ui.widgets.study_card import StudyCard


class SessionScreen(DraftingScreen):
    """A screen over a session, with the card on screen as an `Attempt`."""

    full_citations: reactive[bool] = reactive(False, init=False)
    """Whether the citations are shown with their anchors."""

    def __init__(self, context: Context, session: StudySession, request: StudyRequest) -> None:
        super().__init__(context, session)
        self.request = request

    @ending
    def on_mount(self) -> None:
        """Show the card that undo put there, or the next one."""
        self.present(self.session.current or self.session.next())

    def present(self, card: Presented | None) -> None:
        """Put a card on screen at its question; without one the session is over."""
        if card is None:
            self.attempt = None
            self.post_message(SessionEnded(self.request, self.session))
            return
        self.full_citations = False
        self.attempt = Attempt(card)

    @ending
    def go_on(self) -> None:
        """Put the next card on screen; what was done with the last one is saved."""
        self.present(self.session.next())

    def leave_session(self) -> None:
        """To the summary when anything was done, else home."""
        self.keep_draft()
        self.draft.close()
        if self.session.can_undo:
            self.post_message(SessionEnded(self.request, self.session))
        else:
            decks = self.request.selection.decks
            self.post_message(HomeWanted(decks[0] if len(decks) == 1 else None))

    @guarded
    def action_undo(self) -> None:
        """Take back the newest answer or mark; its card returns at its question."""
        if not self.session.can_undo:
            self.tell("There is nothing to undo.")
            return
        self.keep_draft()
        card = self.session.undo()
        self.tell("Undone.")
        self.present(card)

    @guarded
    def action_suspend(self) -> None:
        """Set the card aside until the learner brings it back."""
        self.keep_draft()
        self.session.suspend()
        self.tell("Suspended until you bring it back.")
        self.go_on()

    @guarded
    def action_bury(self) -> None:
        """Set the card aside until the next study day."""
        self.keep_draft()
        self.session.bury()
        self.tell("Buried until the next study day.")
        self.go_on()

    @guarded
    def action_flag(self) -> None:
        """Put a flag on the card, or take it off; it stays as it is on screen."""
        flagged = self.session.flag()
        attempt, card = self.attempt, self.session.current
        if attempt is not None and card is not None:
            self.attempt = attempt.flagged(card)
        self.tell("Flagged." if flagged else "The flag is gone.")

    @guarded
    def action_info(self) -> None:
        """Show what is known of the learner's memory of the card."""
        if self.attempt is not None:
            rows = info_rows(self.attempt.presented, self.session.info())
            self.app.push_screen(Panel("Card info", rows))

    def action_citations(self) -> None:
        """Show the citations in full, or short again."""
        self.full_citations = not self.full_citations

    @guarded
    def action_edit(self) -> None:
        """Open the note in the learner's editor, then read the decks again."""
        if self.attempt is None:
            return
        self.keep_draft()
        card = self.attempt.presented
        try:
            command = editor_command(self.context.environment, card.path, card.line, shutil.which)
            with self.app.suspend():
                code = self.context.run(command)
        except (NoEditor, OSError, SuspendNotSupported) as error:
            self.tell(str(error) or "This terminal cannot be lent to an editor.")
            return
        if code:
            self.tell(f"The editor ended with code {code}.")
        report = self.trainer.sync()
        self.hush()
        for problem in report.problems:
            if card.path in problem:
                # a notice is short: the file by its name, and no command for another terminal
                self.tell(problem.partition(". Run: ")[0].replace(card.path, PurePath(card.path).name) + ".")
        self._present_anew(self.attempt, self.session.reload())

    def _present_anew(self, attempt: Attempt, card: Presented | None) -> None:
        """The card after an edit; what was typed, picked and ticked stays where the card still has a place for it."""
        if card is not None and card.key == attempt.presented.key and attempt.fits(card):
            outcomes = self.session.outcomes() if attempt.outcomes else {}
            self.attempt = replace(attempt, presented=card, outcomes=outcomes)
        else:
            self.present(card)

    def can_do(self, hint: KeyHint) -> bool:
        """Undo is dim while there is nothing to take back; pressed all the same, it says so."""
        return super().can_do(hint) and (hint.id != "undo" or self.session.can_undo)

    # --- moving about ----------------------------------------------------------------------------------------------

    @guarded
    def action_leave(self) -> None:
        """Leave the field; else leave the session."""
        if self.is_in_field:
            self.set_focus(None)
            self.keep_draft()
        else:
            self.leave_session()

    def action_field(self) -> None:
        """Back into the field."""
        self.query_one(StudyCard).focus_field()

    def action_scroll(self, lines: int) -> None:
        """Scroll the card."""
        card = self.query_one(StudyCard)
        if abs(lines) == 1:
            card.scroll_relative(y=lines, animate=False)
        elif lines < 0:
            card.scroll_page_up(animate=False)
        else:
            card.scroll_page_down(animate=False)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Decks are other people's files: show where a link leads, and go nowhere."""
        event.stop()
        self.tell(f"The link leads to {event.href}")
