"""The study screen: question, answer, verdict, rating. It paints one `Attempt` and replaces it by the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from quizkorea.core.errors import AnsweredElsewhere
from quizkorea.core.faces import AnswerKind
from quizkorea.core.schedule import Outcome, Rating, is_leech
from quizkorea.trainer.studying import StudySession
from quizkorea.trainer.views import Presented
from quizkorea.ui.attempt import Attempt, Phase
from quizkorea.ui.commands import ScreenCommands
from quizkorea.ui.context import Context
from quizkorea.ui.guard import ending, guarded
from quizkorea.ui.keys import KeyHint
from quizkorea.ui.requests import StudyRequest
from quizkorea.ui.screens.session import SessionScreen
from quizkorea.ui.screens.study_keys import ALWAYS_ON_BAR, OFF_BAR, STUDY_BINDINGS
from quizkorea.ui.study_views import citations_on, rating_view, ratings_by_key, sources_text
from quizkorea.ui.widgets.key_bar import KeyBar
from quizkorea.ui.widgets.options import Rows
from quizkorea.ui.widgets.rating_bar import RatingBar
from quizkorea.ui.widgets.study_card import StudyCard
from quizkorea.ui.widgets.top_line import TopLine, TopView
from quizkorea.ui.wording import place_line, progress_line

GUARD_SECONDS = 0.15
"""A rating this soon after the reveal, or a reveal after the rating, is a key that was held down or hit twice."""


class StudyScreen(SessionScreen):
    """One session at work."""

    CSS_PATH = "study.tcss"
    COMMANDS = {ScreenCommands}
    KEYS_TITLE = "Keys while you study"
    BINDINGS = STUDY_BINDINGS

    def __init__(self, context: Context, session: StudySession, request: StudyRequest) -> None:
        super().__init__(context, session, request)
        self._turned_at = 0.0

    def compose(self) -> ComposeResult:
        """Top line, card, rating bar, key bar."""
        yield TopLine()
        yield StudyCard()
        yield RatingBar()
        yield KeyBar()

    # --- painting --------------------------------------------------------------------------------------------------

    @ending
    def present(self, card: Presented | None) -> None:
        """Put a card on screen, with the cursor in its field and what was written of a long answer."""
        draft = self.draft.open(card)
        super().present(card)
        self._turned_at = self.context.monotonic()
        if card is not None:
            self.query_one(StudyCard).begin(draft)
            if not self.query_one(StudyCard).focus_field():
                self.set_focus(None)

    def watch_attempt(self, old: Attempt | None, attempt: Attempt | None) -> None:
        """Paint everything; at the reveal the field loses the focus."""
        if attempt is None:
            return
        if attempt.is_revealed and not (old is not None and old.is_revealed):
            self.set_focus(None)
        keys = {hint.id: hint.keys[0] for hint in self.hints()}
        cram = " · practice" if self.session.cram else ""
        self.query_one(TopLine).view = TopView(
            place_line(attempt.presented) + cram, progress_line(self.session.progress)
        )
        self.query_one(RatingBar).view = rating_view(attempt, keys, has_intervals=not self.session.cram)
        self.query_one(StudyCard).attempt = attempt
        self._paint_sources(attempt)
        self.paint_keys()

    def watch_full_citations(self) -> None:
        """Paint the citations anew."""
        if self.attempt is not None and self.attempt.is_revealed:
            self._paint_sources(self.attempt)
            if self.full_citations:
                self.query_one(StudyCard).scroll_to_sources()

    def _paint_sources(self, attempt: Attempt) -> None:
        key = next(hint.keys[0] for hint in self.hints() if hint.id == "citations")
        text = sources_text(attempt.presented, self.full_citations, key) if attempt.is_revealed else ""
        self.query_one(StudyCard).show_sources(text)

    def shown_hints(self, hints: Iterable[KeyHint]) -> Iterable[KeyHint]:
        """The four ratings as one entry; scrolling only in the help."""
        hints = list(hints)
        ratings = ratings_by_key({hint.id: hint.keys[0] for hint in hints})
        for hint in hints:
            if hint.id == "again":
                yield replace(hint, keys=(ratings,), label="Rate", action="" if self.can_do(hint) else hint.action)
            elif hint.id in ALWAYS_ON_BAR or (hint.id not in OFF_BAR and self.can_do(hint)):
                yield hint

    def help_rows(self) -> list[tuple[str, str]]:
        """The keys, and what numbers do before the rating."""
        return [*super().help_rows(), ("1-9", "Pick an option of a choice; tick a key point of an essay")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether an action makes sense at this moment."""
        attempt = self.attempt
        if attempt is None:
            return action == "help" or "." in action
        match action:
            case "rate":
                return attempt.phase is Phase.RATING
            case "accept":
                return attempt.is_close
            case "tick_again":
                return attempt.phase is Phase.RATING and attempt.key_points > 0
            case "submit":
                return not attempt.is_revealed and (self.is_in_field or attempt.kind is AnswerKind.ESSAY)
            case "field":
                return not attempt.is_revealed and not self.is_in_field and attempt.has_field
            case "citations":
                return attempt.is_revealed and bool(citations_on(attempt.presented))
        return True

    # --- answering -------------------------------------------------------------------------------------------------

    def _move(self, attempt: Attempt) -> None:
        """Replace the attempt; a reveal computes what each rating would lead to."""
        if attempt.is_revealed and not attempt.outcomes:
            attempt = replace(attempt, outcomes=self.session.outcomes())
            self._turned_at = self.context.monotonic()
        self.attempt = attempt

    @property
    def _is_guarded(self) -> bool:
        return self.context.monotonic() - self._turned_at < GUARD_SECONDS

    @guarded
    def action_submit(self) -> None:
        """Submit what stands in the field; an empty field reveals."""
        typed = self.query_one(StudyCard).typed
        if self.attempt is not None and not self.attempt.is_revealed and (typed or not self._is_guarded):
            self._move(self.attempt.typed(typed, self.session.judge))
            self.try_draft()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field."""
        event.stop()
        self.action_submit()

    @guarded
    def action_proceed(self) -> None:
        """Reveal; then, ticks counted, take the proposed rating."""
        attempt = self.attempt
        if attempt is None:
            return
        if attempt.phase is Phase.RATING:
            self._rate(attempt.proposed)
        elif attempt.phase is Phase.TICKING:
            if not self._is_guarded:
                self._move(attempt.ticked())
                self._turned_at = self.context.monotonic()
        elif attempt.kind is AnswerKind.CHOICE:
            if not self._is_guarded:
                self._move(attempt.submitted())
        else:
            self.action_submit()

    @guarded
    def on_key(self, event: events.Key) -> None:
        """Numbers pick options and tick key points before they rate."""
        number = event.character if event.character and event.character in "123456789" else None
        if number is not None and self.attempt is not None and self._pick(self.attempt, int(number) - 1):
            event.stop()

    @guarded
    def on_rows_picked(self, event: Rows.Picked) -> None:
        """A click on an option, an item or a key point."""
        event.stop()
        if self.attempt is None or self._pick(self.attempt, event.index):
            return
        if self.attempt.kind is AnswerKind.SEQUENCE and not self.attempt.is_revealed:
            self.query_one(StudyCard).add_number(event.index + 1)

    def _pick(self, attempt: Attempt, index: int) -> bool:
        """Pick or tick; whether numbers do that now."""
        if attempt.phase is Phase.TICKING:
            if index < attempt.key_points and not self._is_guarded:
                self._move(attempt.tick(index))
            return True
        if attempt.phase is Phase.QUESTION and attempt.kind is AnswerKind.CHOICE:
            if index < len(attempt.presented.face.options):
                self._move(attempt.pick(index))
            return True
        return False

    def action_tick_again(self) -> None:
        """Back to the key points."""
        if self.attempt is not None:
            self.attempt = replace(self.attempt, phase=Phase.TICKING)

    # --- rating ----------------------------------------------------------------------------------------------------

    @guarded
    def action_rate(self, rating: int) -> None:
        """Give the card a rating."""
        self._rate(Rating(rating))

    @guarded
    def action_accept(self, yes: int) -> None:
        """Say whether a close answer counts."""
        self._rate(Rating.GOOD if yes else Rating.AGAIN)

    @guarded
    def on_rating_bar_chosen(self, event: RatingBar.Chosen) -> None:
        """A click on a rating."""
        event.stop()
        self._rate(event.rating)

    def _rate(self, rating: Rating) -> None:
        attempt = self.attempt
        if attempt is None or attempt.phase is not Phase.RATING or self._is_guarded:
            return
        outcome = attempt.outcomes[rating]
        verdict = None if attempt.judgement is None else attempt.judgement.verdict.value
        self.keep_draft()  # only what could not be saved before
        text = attempt.text if attempt.kind is AnswerKind.ESSAY else None
        try:
            self.session.rate(outcome, verdict, text=text)
        except AnsweredElsewhere as error:
            self.tell(str(error))
        else:
            self.hush()
            self._advise(attempt, outcome)
        self.go_on()

    def _advise(self, attempt: Attempt, outcome: Outcome) -> None:
        lapses = outcome.schedule.lapses
        if self.session.cram:
            return
        if outcome.rating is Rating.AGAIN and lapses > attempt.presented.schedule.lapses and is_leech(lapses):
            self.tell(
                f"A leech: forgotten {lapses} times. Rewrite it (u, then e), learn it another way, or suspend it."
            )
