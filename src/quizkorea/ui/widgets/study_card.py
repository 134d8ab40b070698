"""The card in the middle of the study screen: prompt, verdict, options or field, and the back."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.reactive import reactive
from textual.widgets import Input

from quizkorea.core.faces import AnswerKind
from quizkorea.ui.attempt import FIELD_KINDS, Attempt
from quizkorea.ui.study_views import (
    VERDICT_CLASSES,
    mentioned_terms_of,
    option_rows,
    point_rows,
    verdict_class,
    verdict_text,
)
from quizkorea.ui.widgets.card_back import BackView, CardBack
from quizkorea.ui.widgets.fields import EssayArea
from quizkorea.ui.widgets.options import Rows
from quizkorea.ui.widgets.text import DeckText
from quizkorea.ui.wording import hint_line, underlined


class StudyCard(VerticalScroll, can_focus=False):
    """Shows an `Attempt`. What the learner types stays in its field until it is asked for."""

    attempt: reactive[Attempt | None] = reactive(None, init=False)
    """The card and what was done with it; None before the first card."""

    def compose(self) -> ComposeResult:
        """All parts; those that a card does not have are hidden."""
        with Vertical(id="column"):
            yield DeckText(id="prompt")
            yield DeckText(id="hint")
            yield DeckText(id="verdict")
            yield Rows(id="options")
            yield Input(id="field", placeholder="your answer", select_on_focus=False)
            yield EssayArea(id="essay")
            yield DeckText("You wrote", id="own-label", classes="label")
            yield DeckText(id="own")
            yield DeckText("Key points", id="points-label", classes="label")
            yield Rows(id="points")
            yield CardBack(id="back")
            yield DeckText(id="sources")

    def watch_attempt(self, old: Attempt | None, attempt: Attempt | None) -> None:
        """Paint the attempt; at the reveal the answer comes into view."""
        if attempt is None:
            return
        self._paint_front(attempt)
        self._paint_back(attempt)
        if attempt.is_revealed and not (old is not None and old.is_revealed):
            self._bring_answer_into_view(attempt)

    def begin(self, draft: str) -> None:
        """Begin a card: at the top, with an empty line, and on the page what was written of it before."""
        self.query_one(Input).value = ""
        self.query_one(EssayArea).begin(draft)
        self.scroll_home(animate=False)

    def _paint_front(self, attempt: Attempt) -> None:
        asks = not attempt.is_revealed
        self.query_one("#prompt", DeckText).show(attempt.presented.face.prompt)
        self.query_one("#hint", DeckText).show(hint_line(attempt) if asks else "")
        verdict = self.query_one("#verdict", DeckText)
        verdict.show(verdict_text(attempt))
        verdict.remove_class(*VERDICT_CLASSES).add_class(verdict_class(attempt) or "-none")
        options = self.query_one("#options", Rows)
        options.rows = option_rows(attempt)
        options.display = bool(options.rows)
        self.query_one(Input).display = asks and attempt.kind in FIELD_KINDS
        self.query_one(EssayArea).display = asks and attempt.kind is AnswerKind.ESSAY

    def _paint_back(self, attempt: Attempt) -> None:
        points = point_rows(attempt)
        own = attempt.text.strip() if points else ""
        self.query_one("#own-label").display = bool(own)
        self.query_one("#own", DeckText).show(underlined(own, mentioned_terms_of(attempt)))
        self.query_one("#points-label").display = bool(points)
        self.query_one("#points", Rows).rows = points
        view = BackView(attempt.presented, attempt.text) if attempt.is_revealed else None
        self.query_one(CardBack).view = view

    def show_sources(self, text: str) -> None:
        """Show the citations below the back; an empty text takes them away."""
        self.query_one("#sources", DeckText).show(text)

    def scroll_to_sources(self) -> None:
        """Bring the citations into view."""
        self.call_after_refresh(self.scroll_to_widget, self.query_one("#sources"), animate=False, top=True)

    def _bring_answer_into_view(self, attempt: Attempt) -> None:
        target = "#verdict" if verdict_text(attempt) else "#options" if attempt.kind is AnswerKind.CHOICE else "#back"
        if attempt.key_points:
            target = "#points-label"
        widget = self.query_one(target)
        self.call_after_refresh(self.scroll_to_widget, widget, animate=False, top=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Below a tall question the field may be out of sight; nobody types unseen."""
        event.stop()
        if event.input.display and event.value:
            event.input.scroll_visible(animate=False)

    # --- the field -------------------------------------------------------------------------------------------------

    @property
    def typed(self) -> str:
        """What stands in the field of this card."""
        attempt = self.attempt
        if attempt is not None and attempt.kind is AnswerKind.ESSAY:
            return self.query_one(EssayArea).text
        return self.query_one(Input).value

    def focus_field(self) -> bool:
        """Put the cursor into the field; False when this card has none."""
        for field in (self.query_one(Input), self.query_one(EssayArea)):
            if field.display:
                field.focus(scroll_visible=False)
                return True
        return False

    def add_number(self, number: int) -> None:
        """Write an item's number into the field, as a click on it asks."""
        field = self.query_one(Input)
        field.value = f"{field.value} {number}".strip()
        field.cursor_position = len(field.value)
