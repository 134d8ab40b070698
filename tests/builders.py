"""What many tests need: decks as text, a clock in the tester's hand, and a desk with both."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from textwrap import dedent, indent

from quizkorea.core.schedule import Rating
from quizkorea.core.study_day import instant_ms
from quizkorea.trainer.clock import Clock
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.folders import Home
from quizkorea.trainer.settings import Settings
from quizkorea.trainer.studying import StudySession
from quizkorea.trainer.views import Presented

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def deck_text(slug: str, *notes: str, head: str = "") -> str:
    """A deck file; each note is YAML without its list dash."""
    header = f"format: 1\ndeck: {slug}\ntitle: Deck {slug}\nsummary: A deck for tests.\n{head}notes:\n"
    return header + "".join("- " + indent(dedent(note).strip(), "  ").lstrip() + "\n" for note in notes)


def fact(note_id: str, question: str = "", answer: str = "", more: str = "") -> str:
    """A fact note."""
    lines = [f"id: {note_id}", "type: fact", "kind: person"]
    lines += [f"question: {question or f'Who is {note_id} here?'}", f"answer: {answer or f'the {note_id} person'}"]
    return "\n".join([*lines, *([dedent(more).strip()] if more else [])])


def two_way(note_id: str) -> str:
    """A fact note with two cards."""
    return fact(note_id, more=f"reverse_question: And back from {note_id}?\nreverse_answer: back {note_id}")


def facts(count: int, prefix: str = "n") -> list[str]:
    """Fact notes n1, n2, …"""
    return [fact(f"{prefix}{number}") for number in range(1, count + 1)]


@dataclass
class HandClock:
    """A clock that moves only when told to."""

    now: datetime = NOON
    zone: tzinfo = UTC
    monotonic: int = 0

    def clock(self) -> Clock:
        """The clock as the program takes it; it follows this one."""
        return Clock(lambda: instant_ms(self.now), _Following(self), lambda: self.monotonic)

    def forward(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)
        self.monotonic += round(timedelta(**span) / timedelta(milliseconds=1))


class _Following(tzinfo):
    """The zone that the hand clock is in at the moment of asking."""

    def __init__(self, hand: HandClock) -> None:
        self._hand = hand

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return self._hand.zone.utcoffset(None if moment is None else moment.replace(tzinfo=self._hand.zone))

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str:
        return "hand"

    def fromutc(self, moment: datetime) -> datetime:
        return self._hand.zone.fromutc(moment.replace(tzinfo=self._hand.zone)).replace(tzinfo=self)


@dataclass
class Desk:
    """A learner's place: home, decks, clock; the trainer is opened anew as often as wanted."""

    root: Path
    settings: dict[str, object] = field(default_factory=dict)
    hand: HandClock = field(default_factory=HandClock)

    def __init__(self, root: Path, **settings: object) -> None:
        self.root, self.settings, self.hand = root, settings, HandClock()
        self.decks = root / "decks"
        self.decks.mkdir(parents=True)
        self.home = Home(root / "home")
        self._open: list[Trainer] = []

    def write(self, slug: str, *notes: str, head: str = "", name: str | None = None) -> Path:
        """Write a deck file as an author would have some time ago, so that its time stamp can be trusted."""
        return self.write_text(name or f"{slug}.yaml", deck_text(slug, *notes, head=head))

    def write_text(self, name: str, text: str) -> Path:
        """Write any file into the folder of decks; its time moves on with every write."""
        path = self.decks / name
        path.write_text(text, encoding="utf-8")
        self._writes = getattr(self, "_writes", 0) + 1
        os.utime(path, (1_700_000_000 + self._writes, 1_700_000_000 + self._writes))
        return path

    def trainer(self, *folders: Path) -> Trainer:
        """A trainer, open and in step with the decks."""
        settings = Settings(**self.settings)  # type: ignore[arg-type]
        trainer = Trainer(self.home, folders or (self.decks,), settings, self.hand.clock()).open()
        self._open.append(trainer)
        return trainer

    def close(self) -> None:
        """Close every trainer that was opened."""
        for trainer in self._open:
            trainer.close()
        self._open = []

    def rate_all(self, rating: Rating = Rating.GOOD, limit: int = 10_000) -> list[str]:
        """Study until nothing is left (or `limit`), giving every card the same rating; the names in order."""
        with_trainer = self.trainer()
        session = with_trainer.study()
        names = []
        while len(names) < limit and (shown := session.next()) is not None:
            names.append(shown.name)
            rate(session, rating)
        with_trainer.close()
        return names


def rate(session: StudySession, rating: Rating) -> None:
    """Give the card on screen a rating."""
    session.rate(session.outcomes()[rating])


def take(session: StudySession) -> Presented:
    """The next card; there must be one."""
    shown = session.next()
    assert shown is not None
    return shown
