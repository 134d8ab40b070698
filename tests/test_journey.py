"""One card, from YAML to the screen, to the log, to its next due day."""

from __future__ import annotations

from datetime import date, timedelta

from builders import Desk, rate, take
from quizkorea.core.schedule import Rating, State
from quizkorea.core.verdicts import Verdict

SOURCES = """
format: 1
sources:
  book: {author: A. Author, title: The Book, year: 1999, kind: book, pages: 1-99, text: book.txt}
"""
DECK = """
format: 1
deck: journey
title: A journey
summary: One card.
tags: [whole-deck]
notes:
- id: treaty
  type: date
  event: The treaty is signed
  question: When was the treaty signed?
  date: 1950-02-14
  tags: [signed]
  explanation: It took **two months**.
  cite:
  - source: book
    at: p. 39
    anchor: signed on February 14
"""


def test_a_card_from_yaml_to_its_next_due_day(desk: Desk) -> None:
    desk.write_text("sources.yaml", SOURCES)
    desk.write_text("journey.yaml", DECK)
    trainer = desk.trainer()
    assert trainer.report.problems == ()
    overview = trainer.overview()
    assert (overview.new, overview.decks[0].title, overview.decks[0].cards) == (1, "A journey", 1)

    session = trainer.study()
    shown = take(session)
    assert (shown.name, shown.face.prompt) == ("journey/treaty#main", "When was the treaty signed?")
    assert shown.tags == ("whole-deck", "signed")
    assert shown.citations[0][1] == "A. Author, The Book (1999), p. 39"
    judgement = session.judge("14 Feb 1950")
    assert judgement is not None
    assert judgement.verdict is Verdict.RIGHT

    desk.hand.forward(seconds=4)
    outcome = session.outcomes()[Rating.EASY]
    session.rate(outcome, str(judgement.verdict))
    assert session.next() is None

    (row,) = trainer.store.log(shown.key)
    assert (row.rating, row.verdict, row.duration_ms, row.state) == (Rating.EASY, "right", 4_000, State.REVIEW)
    assert row.study_day == date(2026, 3, 2)
    assert row.stability is not None
    assert round(row.stability, 4) == 8.2956  # the initial stability of Easy in FSRS-6
    assert row.due_day == row.study_day + timedelta(days=outcome.interval_days or 0)

    desk.hand.forward(days=(row.due_day - row.study_day).days - 1)
    assert trainer.overview().due == 0
    desk.hand.forward(days=1)
    again = desk.trainer()
    assert again.overview().review == 1
    session = again.study()
    assert take(session).name == "journey/treaty#main"
    rate(session, Rating.GOOD)
    assert again.store.log(shown.key)[-1].due_day > again.today + timedelta(days=10)  # type: ignore[operator]
