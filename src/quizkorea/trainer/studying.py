"""A study session at work: the pure queue of `core.session`, driven over the store (DESIGN §6, §8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from quizkorea.core.errors import AnsweredElsewhere, ChangedElsewhere
from quizkorea.core.grading import grade_typed
from quizkorea.core.schedule import Outcome, Rating, State
from quizkorea.core.scheduler import Scheduler
from quizkorea.core.session import Action, ActionKind, Limits, SessionQueue
from quizkorea.core.verdicts import Judgement
from quizkorea.store.card_values import Answer, Mark, StoredCard
from quizkorea.store.store import Store
from quizkorea.store.values import LoadedDeck
from quizkorea.trainer.clock import Clock, StudyDays
from quizkorea.trainer.looking_back import card_info, summary_of
from quizkorea.trainer.overview import every_card, plan_of_today
from quizkorea.trainer.presenting import presented
from quizkorea.trainer.settings import Settings
from quizkorea.trainer.today import Selection
from quizkorea.trainer.views import CardInfo, Missed, Presented, Progress, Summary


class StudySession:
    """One sitting. Call `next` for a card, `rate` or a mark for what the learner does, `undo` to take it back.

    Every write is on disk when its call returns. With `cram` no rating is written, marks are, and what was missed comes
    again.
    """

    def __init__(
        self,
        store: Store,
        decks_now: Callable[[], Sequence[LoadedDeck]],
        scheduler: Scheduler,
        settings: Settings,
        clock: Clock,
        selection: Selection,
        limits: Limits,
        new_limit: int | None = None,
        cram: bool = False,
    ) -> None:
        self._store, self._decks_now, self._scheduler = store, decks_now, scheduler
        self._settings, self._clock = settings, clock
        self._selection, self._new_limit, self.cram = selection, new_limit, cram
        self._days = StudyDays(clock, settings.rollover_hour)
        self._queue = SessionQueue(limits=limits)
        self._started = self._shown = clock.monotonic_ms()
        self._shown_ms = clock.now_ms()
        self._card: StoredCard | None = None
        self.current: Presented | None = None
        """The card on screen; None before the first and after the last."""
        self._missed: dict[int, Missed] = {}
        self._day = self.today
        self._refill()

    # --- which card ------------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The study day by the clock."""
        return self._days.today()

    def _refill(self) -> None:
        self._day = self.today
        decks = self._decks_now()
        if self.cram:
            cards = every_card(self._store, decks, self._selection, self._day)
            self._queue.refill([card.key for card in cards], [])
            return
        started = sum(action.started for action in self._queue.actions)
        new_left = None if self._new_limit is None else max(0, self._new_limit - started)
        plan = plan_of_today(self._store, decks, self._selection, self._settings, self._clock, self._day, new_left)
        self._queue.refill([card.key for card in plan.main], [(card.key, card.due_ms) for card in plan.learning])

    def next(self) -> Presented | None:
        """Put the next card on screen; None when the session is over.

        A card that became an orphan, or that was suspended, buried or answered elsewhere since the start, is passed
        over; one that another program put on a learning step waits for that step.
        """
        if self.today != self._day and not self.cram:
            self._card = None
            self._refill()
        while True:
            key = self._queue.next_key(self._clock.now_ms(), self._clock.monotonic_ms() - self._started)
            if key is None:
                self._card = self.current = None
                return None
            card = self._card_now(key)
            if card is None or self._is_set_aside(card.mark) or not self._is_still_due(card):
                continue
            if card.key != key:  # a merge brought it here under another key
                self._queue.drop(card.key)
            return self._show(card)

    def _card_now(self, key: int) -> StoredCard | None:
        """A card as it stands; where no deck gives it, another program may have read its file under a new name."""
        card = self._store.card(key)
        if card is None:
            self._decks_now()
            card = self._store.card(key)
        return card

    def _is_still_due(self, card: StoredCard) -> bool:
        schedule = card.schedule
        if self.cram or schedule.state == State.NEW:
            return True
        if schedule.due_ms is None:
            return schedule.due_day is not None and schedule.due_day <= self._day
        if schedule.due_ms == self._queue.taken_due_ms or schedule.due_ms <= self._clock.now_ms():
            return True
        self._queue.learning[card.key] = schedule.due_ms
        return False

    def _is_set_aside(self, mark: Mark) -> bool:
        return mark.suspended or (mark.buried_until is not None and mark.buried_until > self._day)

    def _show(self, card: StoredCard) -> Presented:
        self._card, self._shown = card, self._clock.monotonic_ms()
        self._shown_ms = self._clock.now_ms()
        self.current = presented(card, self._store.bibliography(card.deck_id))
        return self.current

    def reload(self) -> Presented | None:
        """Read the card on screen again, after an edit; the next card when its deck no longer gives it."""
        card, _ = self._on_screen()
        fresh = self._card_now(card.key)
        return self.next() if fresh is None else self._show(fresh)

    @property
    def progress(self) -> Progress:
        """Answers so far, and cards that wait."""
        return Progress(self._queue.answered, self._queue.remaining + (self._card is not None))

    # --- what the learner does -------------------------------------------------------------------------------------

    def judge(self, text: str) -> Judgement | None:
        """The verdict on a typed answer to the card on screen; None where no machine grades."""
        _, shown = self._on_screen()
        return grade_typed(shown.face, text, self._store.is_accepted)

    def outcomes(self) -> dict[Rating, Outcome]:
        """What each rating would lead to, now."""
        card, _ = self._on_screen()
        return self._scheduler.preview(card.schedule, now_ms=self._clock.now_ms(), today=self.today, card_key=card.key)

    @property
    def draft(self) -> str:
        """The unfinished long answer to the card on screen; empty if there is none."""
        return self._store.draft(self._on_screen()[0].key)

    def save_draft(self, text: str) -> None:
        """Keep the long answer to the card on screen as far as it is written; an empty one is forgotten."""
        self._store.save_draft(self._on_screen()[0].key, text, self._clock.now_ms())

    def rate(
        self, outcome: Outcome, verdict: str | None = None, confidence: int | None = None, text: str | None = None
    ) -> None:
        """Keep an outcome of `outcomes`, and with it `text`, a long answer as it was submitted.

        Raises AnsweredElsewhere when another program was quicker; the text is kept as a draft, then go on.
        """
        card, shown = self._on_screen()
        outcome = self._anchored(outcome)
        missed = outcome.rating == Rating.AGAIN
        miss = Missed(card.name, shown.face.prompt, "; ".join(shown.face.answer))
        if self.cram:
            kept = self._store.keep_text(card.key, text, self._clock.now_ms()) if text else 0
            self._missed |= {card.key: miss} if missed else {}
            self._queue.done(Action(ActionKind.ANSWER, card.key, kept, outcome.rating, missed))
            if missed:
                self._queue.main.append(card.key)
            self._card = self.current = None
            return
        duration = max(0, self._clock.monotonic_ms() - self._shown)
        try:
            row = self._store.answer(
                Answer(card, outcome, duration, self._shown_ms, verdict, confidence, text or None),
                lambda schedule: self._scheduler.review(
                    schedule, outcome.rating, now_ms=self._clock.now_ms(), today=self.today, card_key=card.key
                ),
            )
        except AnsweredElsewhere:
            if text:
                self.save_draft(text)
            self._card = self.current = None
            raise
        self._missed |= {card.key: miss} if missed else {}
        started = card.schedule.state == State.NEW
        action = Action(ActionKind.ANSWER, card.key, row.id, outcome.rating, missed, started, row.study_day)
        self._queue.done(action, row.due_ms)
        self._card = self.current = None

    def _anchored(self, shown: Outcome) -> Outcome:
        """The outcome shown, counted from the moment of the rating and not from that of the reveal.

        The interval is the same; only where the study day has turned in between does the shown outcome stand as it is.
        """
        if self.today > shown.study_day:
            return shown
        return shown.moved_to(max(self._clock.now_ms(), shown.at_ms))

    def suspend(self) -> None:
        """Set the card aside until the learner brings it back."""
        self._mark(ActionKind.SUSPEND, lambda mark: replace(mark, suspended=True))

    def bury(self) -> None:
        """Set the card aside until the next study day."""
        until = self.today + timedelta(days=1)
        self._mark(ActionKind.BURY, lambda mark: replace(mark, buried_until=until))

    def flag(self, note: str | None = None) -> bool:
        """Put a flag on the card, or take it off; whether it is flagged now. The card stays on screen."""
        card, shown = self._on_screen()

        def turned(mark: Mark) -> Mark:
            return replace(mark, flagged=not mark.flagged, flag_note=None if mark.flagged else note)

        row = self._store.set_marks([card.key], ActionKind.FLAG, turned, self._clock.now_ms())
        self._queue.done(Action(ActionKind.FLAG, card.key, row))
        self.current = replace(shown, flagged=self._store.mark(card.key).flagged)
        return self.current.flagged

    def _mark(self, kind: ActionKind, change: Callable[[Mark], Mark]) -> None:
        card, _ = self._on_screen()
        row = self._store.set_marks([card.key], kind, change, self._clock.now_ms())
        self._queue.done(Action(kind, card.key, row))
        self._card = self.current = None

    def _on_screen(self) -> tuple[StoredCard, Presented]:
        if self._card is None or self.current is None:
            raise RuntimeError("no card is on screen")
        return self._card, self.current

    # --- taking back -----------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether anything of this session can still be taken back."""
        return bool(self._queue.actions)

    def undo(self) -> Presented | None:
        """Take back the newest action; its card returns at its question, on today's study day.

        None when there is nothing to take back. Raises ChangedElsewhere, with nothing changed, when another program
        has touched the card since; that action can then no longer be taken back.
        """
        if not self._queue.actions:
            return None
        action = self._queue.actions[-1]
        try:
            self._undo_in_store(action)
        except ChangedElsewhere:
            self._queue.actions.pop()
            raise
        self._queue.take_back()
        if action.missed:
            self._forget_miss(action.key)
        card = self._card_now(action.key)
        if card is None:  # its deck no longer gives it: what was taken back stays taken back
            return self.current or self.next()
        if action.study_day not in (None, self._day):  # what comes over from another day counts for today now
            self._refill()
            self._queue.drop(card.key)
        if self._card is not None and self._card.key != card.key:
            self._queue.drop(self._card.key)
            self._queue.put_back(self._card.key)
        return self._show(card)

    def _undo_in_store(self, action: Action) -> None:
        now_ms = self._clock.now_ms()
        if self.cram and action.kind == ActionKind.ANSWER:
            if action.row:
                self._store.draft_from_text(action.key, action.row, now_ms)
            return
        if action.kind == ActionKind.ANSWER:
            self._store.undo([(action.key, action.row)], now_ms, self._scheduler.state_from_log)
        else:
            self._store.undo_marks(action.row, now_ms)

    def _forget_miss(self, key: int) -> None:
        if not any(action.key == key and action.missed for action in self._queue.actions):
            self._missed.pop(key, None)

    # --- looking ---------------------------------------------------------------------------------------------------

    def info(self) -> CardInfo:
        """What is known of the memory of the card on screen."""
        card, _ = self._on_screen()
        return card_info(card, self._store.log(card.key), self._scheduler, self.today)

    def summary(self) -> Summary:
        """The session so far."""
        duration_ms = self._clock.monotonic_ms() - self._started
        return summary_of(self._queue, self._missed.values(), duration_ms, self._clock.now_ms())
