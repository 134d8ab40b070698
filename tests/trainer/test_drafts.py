"""Long answers: kept while they are written, and for good once they are rated."""

from __future__ import annotations

import pytest

from builders import Desk, deck_text, rate, take
from quizkorea.core.errors import AnsweredElsewhere
from quizkorea.core.schedule import Rating
from quizkorea.trainer.facade import Trainer

ESSAY = """
id: why
type: interpretation
contested: false
question: Why did it happen?
key_points:
- {text: One reason, terms: [one]}
- {text: Two reasons, terms: [two]}
- {text: Three reasons, terms: [three]}
model_answer: Because.
"""


@pytest.fixture
def essay(desk: Desk) -> Trainer:
    desk.write_text("d.yaml", deck_text("d", ESSAY))
    return desk.trainer()


def texts(trainer: Trainer) -> list[tuple[object, ...]]:
    return trainer.store.connection.execute("SELECT card_key, review_id, text FROM answer_text ORDER BY id").fetchall()


def test_a_draft_waits_for_the_next_session_until_it_is_emptied(desk: Desk, essay: Trainer) -> None:
    session = essay.study()
    take(session)
    assert session.draft == ""
    session.save_draft("Because of on")
    session.save_draft("Because of one\nthing")
    essay.close()
    session = desk.trainer().study()
    take(session)
    assert session.draft == "Because of one\nthing"
    session.save_draft("")
    assert session.draft == ""


def test_a_finished_answer_is_kept_with_its_review_and_undo_makes_it_a_draft_again(essay: Trainer) -> None:
    session = essay.study()
    take(session)
    session.save_draft("Because of one")
    session.rate(session.outcomes()[Rating.GOOD], text="Because of one thing")
    (row,) = essay.store.log(1)
    assert texts(essay) == [(1, row.id, "Because of one thing")]
    assert essay.store.draft(1) == ""
    session.undo()
    assert session.draft == "Because of one thing"
    session.rate(session.outcomes()[Rating.EASY], text="Because of two things")
    assert [text for _, _, text in texts(essay)] == ["Because of one thing", "Because of two things"]
    assert essay.store.draft(1) == ""


def test_a_rating_without_a_text_leaves_the_draft(essay: Trainer) -> None:
    session = essay.study()
    take(session)
    session.save_draft("Because")
    rate(session, Rating.GOOD)
    assert texts(essay) == []
    assert essay.store.draft(1) == "Because"


def test_practice_keeps_the_text_without_a_review(essay: Trainer) -> None:
    session = essay.study(cram=True)
    take(session)
    session.save_draft("Bec")
    session.rate(session.outcomes()[Rating.GOOD], text="Because")
    assert texts(essay) == [(1, None, "Because")]
    assert essay.store.draft(1) == ""
    assert essay.store.log(1) == []
    session.undo()
    assert session.draft == "Because"


def test_a_text_whose_card_was_answered_elsewhere_stays_as_a_draft(desk: Desk, essay: Trainer) -> None:
    mine, theirs = essay.study(), desk.trainer().study()
    take(mine)
    take(theirs)
    rate(theirs, Rating.GOOD)
    with pytest.raises(AnsweredElsewhere):
        mine.rate(mine.outcomes()[Rating.GOOD], text="All my thoughts")
    assert essay.store.draft(1) == "All my thoughts"


def test_a_text_written_twice_while_the_old_one_waits_loses_neither(essay: Trainer) -> None:
    session = essay.study()
    take(session)
    session.rate(session.outcomes()[Rating.GOOD], text="First")
    essay.store.save_draft(1, "Second", 5)
    session.undo()
    assert session.draft == "Second"
    assert [text for _, _, text in texts(essay)] == ["First"]


def test_the_line_mode_keeps_a_long_answer(desk: Desk) -> None:
    import subprocess
    import sys

    desk.write_text("d.yaml", deck_text("d", ESSAY))
    command = [sys.executable, "-m", "quizkorea", "--home", str(desk.home.folder), "--decks", str(desk.decks)]
    subprocess.run([*command, "study", "--plain"], input=b"Because of one thing\n3\n", check=True, timeout=60)
    assert [text for _, _, text in texts(desk.trainer())] == ["Because of one thing"]
