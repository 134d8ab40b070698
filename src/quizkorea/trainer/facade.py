"""The one facade that both front ends hold: open, sync, overview, study."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from quizkorea.core.errors import BackupFailed, UsageError
from quizkorea.store.opening import FileId, file_id_of, open_store
from quizkorea.store.planning import PlanReader
from quizkorea.store.values import LoadedDeck
from quizkorea.trainer.clock import Clock, StudyDays, clock_from
from quizkorea.trainer.folders import Home, deck_folders, find_home
from quizkorea.trainer.loading import Changes, find_changes, load_decks
from quizkorea.trainer.overview import learning_until_ms, overview_of
from quizkorea.trainer.settings import Settings, read_settings
from quizkorea.trainer.today import LoadReport, Overview, Selection

if TYPE_CHECKING:
    from quizkorea.core.schedule import LogRow, Schedule
    from quizkorea.core.scheduler import Scheduler
    from quizkorea.core.session import Limits
    from quizkorea.store.records import Flagged
    from quizkorea.store.store import Store
    from quizkorea.trainer.cards import CardDesk
    from quizkorea.trainer.orphans import OrphanDesk
    from quizkorea.trainer.studying import StudySession


class Trainer:
    """One learner's trainer over some deck folders. Nothing is read or written before `open`."""

    def __init__(self, home: Home, folders: Sequence[Path], settings: Settings, clock: Clock) -> None:
        self.home, self.folders, self.settings, self.clock = home, tuple(folders), settings, clock
        self._reader: PlanReader | None = None
        self._store: Store | None = None
        self._file_id: FileId = None
        self._decks: list[LoadedDeck] = []
        self.report = LoadReport()
        """What the last sync found."""
        self._notices: list[str] = []
        self._days = StudyDays(clock, settings.rollover_hour)

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str], home: str | None, decks: Sequence[str], learner: str | None
    ) -> Trainer:
        """A trainer as options and environment variables ask for it. Raises UsageError and DataError."""
        clock = clock_from(environment.get("QUIZKOREA_NOW"))
        where = find_home(home, environment, learner)
        return cls(where, deck_folders(decks, environment, where), read_settings(where.config), clock)

    def open(self) -> Trainer:
        """Open the store (made on first use) and bring it up to date with the decks; nothing if it is open."""
        if self._reader is not None:
            return self
        connection = open_store(self.home.store, self.home.backups, self.clock.now_ms())
        self._reader = PlanReader(self.home.store, connection)
        self._file_id = file_id_of(self.home.store)
        try:
            self.sync()
        except BaseException:
            self.close()
            raise
        return self

    def close(self) -> None:
        """Give the store back."""
        if self._reader is not None:
            self._reader.connection.close()
            self._reader = self._store = None
            self.__dict__.pop("cards", None)

    def __enter__(self) -> Trainer:
        return self.open()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def _plans(self) -> PlanReader:
        if self._reader is None:
            raise RuntimeError("the trainer is not open")
        return self._reader

    @property
    def store(self) -> Store:
        """The open store; only the trainer's own rooms use it. Counting what is due does without."""
        if self._store is None:
            from quizkorea.store.store import Store

            connection, home = self._plans.connection, self.home
            self._store = Store(home.store, connection, home.backups, self._file_id, home.command("restore"))
            self._store.load([deck.id for deck in self._decks])
        return self._store

    @cached_property
    def scheduler(self) -> Scheduler:
        """FSRS with the learner's settings, imported when first needed."""
        from quizkorea.core.scheduler import Scheduler, SchedulerSettings

        settings = self.settings
        return Scheduler(
            SchedulerSettings(
                desired_retention=settings.desired_retention,
                learning_steps=settings.learning_steps,
                relearning_steps=settings.relearning_steps,
                maximum_interval=settings.maximum_interval,
            )
        )

    @property
    def today(self) -> date:
        """The study day by the clock."""
        return self._days.today()

    # --- decks -----------------------------------------------------------------------------------------------------

    def sync(self) -> LoadReport:
        """Read the deck files that changed."""
        changes, problem = find_changes(self._plans, self.folders), ""
        if changes:
            from quizkorea.trainer.syncing import apply_changes  # the parser is only paid for when something changed

            try:
                apply_changes(self.store, changes, self.clock.now_ms(), self._rebuild)
            except BackupFailed as error:  # nothing was written; what the store has can be studied
                problem = f"What changed in the decks was not taken: it would join two histories. {error}"
        self._load(changes)
        if problem:
            self.report = LoadReport((problem, *self.report.problems), self.report.shadowed)
        return self.report

    def _load(self, changes: Changes) -> None:
        """Take the decks as the store has them, without reading a file."""
        self._decks, self.report = load_decks(self._plans, self.folders, changes)
        for reader in (self._reader, self._store):
            if reader is not None:
                reader.load([deck.id for deck in self._decks])

    @property
    def _rebuild(self) -> Callable[[list[LogRow], int], Schedule]:
        return lambda rows, key: self.scheduler.state_from_log(rows, key)

    def overview(self) -> Overview:
        """What is due today."""
        before_ms = learning_until_ms(self.clock, self.settings, self.today)
        return overview_of(self._plans, self._decks, self.settings, self.today, before_ms)

    def _chosen(self, selection: Selection) -> list[LoadedDeck]:
        by_slug = {deck.slug: deck for deck in self._decks}
        for slug in selection.decks:
            if slug not in by_slug:
                from difflib import get_close_matches

                near = get_close_matches(slug, by_slug, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"The decks are: {', '.join(by_slug) or 'none'}."
                raise UsageError(f"There is no deck {slug!r} in today's folders.", hint)
        return [deck for deck in self._decks if not selection.decks or deck.slug in selection.decks]

    # --- cards -----------------------------------------------------------------------------------------------------

    @cached_property
    def cards(self) -> CardDesk:
        """What is done to cards outside a session; its stack of undo lives as long as the trainer."""
        from quizkorea.trainer.cards import CardDesk

        return CardDesk(self.store, self.scheduler, self.settings, self.clock)

    @property
    def orphans(self) -> OrphanDesk:
        """The orphans of the decks as they are loaded now."""
        from quizkorea.trainer.orphans import OrphanDesk  # SQLModel: not on any hot path

        return OrphanDesk(self.store, self._decks, self._rebuild)

    def flags(self) -> list[Flagged]:
        """What the learner flagged, with its notes; cards of decks that are not loaded come without a place."""
        from quizkorea.store.records import flagged

        return flagged(self.home.store, [deck.id for deck in self._decks])

    # --- studying --------------------------------------------------------------------------------------------------

    def check_selection(self, selection: Selection) -> None:
        """Raises UsageError for a deck or tag that is not there."""
        self._chosen(selection)
        if selection.tag is not None and not self._plans.has_tag(selection.tag):
            raise UsageError(f"No note of the loaded decks has the tag {selection.tag!r}.", "Tags are written exactly.")

    def study(
        self,
        selection: Selection | None = None,
        limits: Limits | None = None,
        new_limit: int | None = None,
        cram: bool = False,
    ) -> StudySession:
        """Begin a session over a slice of the course. Raises UsageError for a deck or tag that is not there."""
        from quizkorea.core.session import Limits
        from quizkorea.trainer.studying import StudySession

        selection = selection or Selection()
        self.check_selection(selection)
        self._back_up_today()

        def decks_now() -> list[LoadedDeck]:
            self._load(find_changes(self._plans, self.folders))
            return [deck for deck in self._decks if not selection.decks or deck.slug in selection.decks]

        return StudySession(
            self.store,
            decks_now,
            self.scheduler,
            self.settings,
            self.clock,
            selection,
            limits or Limits(),
            new_limit,
            cram,
        )

    def _back_up_today(self) -> None:
        """The first session of a day copies the store first; one that cannot be copied can still be studied."""
        from quizkorea.store.backups import daily_backup

        try:
            daily_backup(self.store.connection, self.home.store, self.home.backups, self.clock.now_ms())
        except BackupFailed as error:
            self._notices.append(f"Today's backup is missing. {error}")

    def take_notices(self) -> list[str]:
        """What the learner should be told since this was asked last, a sentence each."""
        notices, self._notices = self._notices, []
        return notices
