"""What is done to cards outside a session: marks, reset, due day. Logged, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from builders import Desk, fact, facts, rate, take
from quizkorea.core.errors import ChangedElsewhere, UsageError
from quizkorea.core.schedule import LogKind, Rating, State
from quizkorea.trainer.cards import CardDesk
from quizkorea.trainer.facade import Trainer

TODAY = date(2026, 3, 2)


def shown(trainer: Trainer) -> list[str]:
    """The names of the cards that a session would show now."""
    session = trainer.study(cram=True)
    names = []
    while (card := session.next()) is not None:
        names.append(card.name)
        rate(session, Rating.GOOD)
    return names


def schedule_of(trainer: Trainer, name: str) -> object:
    card = trainer.store.card(trainer.store.keys_of([name])[name])
    assert card is not None
    return card.schedule


def mark_rows(trainer: Trainer) -> list[tuple[str, int | None]]:
    return trainer.store.connection.execute("SELECT kind, undone_at FROM mark_log ORDER BY id").fetchall()


@pytest.mark.parametrize(
    ("do", "undo_by_hand"),
    [
        (CardDesk.suspend, CardDesk.unsuspend),
        (CardDesk.bury, CardDesk.unbury),
    ],
)
def test_cards_set_aside_leave_and_come_back(
    desk: Desk, do: Callable[..., None], undo_by_hand: Callable[..., None]
) -> None:
    desk.write("d", *facts(3))
    trainer = desk.trainer()
    do(trainer.cards, ["d/n1#main", "d/n3#main"])
    assert shown(trainer) == ["d/n2#main"]
    undo_by_hand(trainer.cards, ["d/n3#main"])
    assert shown(trainer) == ["d/n2#main", "d/n3#main"]
    assert trainer.cards.undo()
    assert shown(trainer) == ["d/n2#main"]
    done = trainer.cards.undo()
    assert done is not None
    assert done.cards == 2
    assert shown(trainer) == ["d/n1#main", "d/n2#main", "d/n3#main"]
    assert trainer.cards.undo() is None
    assert [undone is not None for _, undone in mark_rows(trainer)] == [True] * 3


def test_flags_are_listed_with_note_file_and_line_and_taken_off(desk: Desk) -> None:
    path = desk.write("d", *facts(3))
    trainer = desk.trainer()
    trainer.cards.flag(["d/n2#main"], "Is this the right spelling?")
    trainer.cards.flag(["d/n1#main"])
    listed = [(one.name, one.note, one.path, one.line) for one in trainer.flags()]
    lines = path.read_text().splitlines()
    assert listed == [
        ("d/n1#main", None, str(path), lines.index("- id: n1") + 1),
        ("d/n2#main", "Is this the right spelling?", str(path), lines.index("- id: n2") + 1),
    ]
    trainer.cards.unflag(["d/n2#main"])
    assert [one.name for one in trainer.flags()] == ["d/n1#main"]
    trainer.cards.undo()
    assert [one.note for one in trainer.flags()] == [None, "Is this the right spelling?"]


def test_a_flag_outlives_its_note_and_its_deck(desk: Desk) -> None:
    desk.write("d", *facts(2))
    trainer = desk.trainer()
    trainer.cards.flag(["d/n2#main"], "why?")
    trainer.close()
    desk.write("d", fact("n1"))
    assert [(one.name, one.note, one.path) for one in desk.trainer().flags()] == [("d/n2#main", "why?", None)]


def test_reset_makes_a_card_new_and_keeps_its_reviews(desk: Desk) -> None:
    desk.write("d", *facts(1))
    desk.rate_all(Rating.EASY)
    trainer = desk.trainer()
    before = schedule_of(trainer, "d/n1#main")
    trainer.cards.reset(["d/n1#main"])
    now = schedule_of(trainer, "d/n1#main")
    assert now.state == State.NEW
    assert now.stability is None
    kinds = [(row.kind, row.undone_at) for row in trainer.store.log(1)]
    assert kinds == [(LogKind.REVIEW, None), (LogKind.RESET, None)]
    assert trainer.overview().new == 1
    trainer.cards.undo()
    assert schedule_of(trainer, "d/n1#main") == before
    assert [row.undone_at is not None for row in trainer.store.log(1)] == [False, True]


def test_a_due_day_brings_a_card_then_and_keeps_its_memory(desk: Desk) -> None:
    desk.write("d", *facts(2))
    desk.rate_all(Rating.EASY)
    trainer = desk.trainer()
    before = schedule_of(trainer, "d/n1#main")
    trainer.cards.set_due(["d/n1#main"], TODAY)
    now = schedule_of(trainer, "d/n1#main")
    assert (now.state, now.due_day) == (State.REVIEW, TODAY)
    assert (now.stability, now.difficulty, now.last_day) == (before.stability, before.difficulty, before.last_day)
    assert trainer.overview().review == 1
    assert take(trainer.study()).name == "d/n1#main"
    trainer.cards.undo()
    assert schedule_of(trainer, "d/n1#main") == before


def test_a_card_never_seen_can_be_given_a_due_day_and_answered_then(desk: Desk) -> None:
    desk.write("d", *facts(1))
    trainer = desk.trainer()
    trainer.cards.set_due(["d/n1#main"], TODAY + timedelta(days=3))
    assert trainer.overview().due == 0
    desk.hand.forward(days=3)
    session = trainer.study()
    take(session)
    rate(session, Rating.GOOD)
    after = schedule_of(trainer, "d/n1#main")
    assert after.state == State.REVIEW
    assert after == trainer.scheduler.state_from_log(trainer.store.log(1), 1)


def test_a_due_day_gone_by_and_an_unknown_card_are_refused_and_change_nothing(desk: Desk) -> None:
    desk.write("d", *facts(1))
    trainer = desk.trainer()
    with pytest.raises(UsageError, match="cannot be due on 2026-03-01"):
        trainer.cards.set_due(["d/n1#main"], TODAY - timedelta(days=1))
    with pytest.raises(UsageError, match="no card 'd/n9#main'"):
        trainer.cards.suspend(["d/n1#main", "d/n9#main"])
    assert mark_rows(trainer) == []
    assert trainer.store.log(1) == []


def test_many_cards_are_rescheduled_after_a_backup_and_all_or_none_are_taken_back(desk: Desk) -> None:
    desk.write("d", *facts(3))
    desk.rate_all(Rating.EASY)
    names = ["d/n1#main", "d/n2#main", "d/n3#main"]
    trainer = desk.trainer()
    before = [schedule_of(trainer, name) for name in names]
    trainer.cards.reset(names[:1])
    assert not desk.home.backups.exists()
    trainer.cards.undo()
    trainer.cards.reset(names)
    (backup,) = desk.home.backups.iterdir()
    assert "before-rescheduling" in backup.name
    other = desk.trainer()
    session = other.study()
    take(session)
    rate(session, Rating.GOOD)
    changed = [schedule_of(trainer, name) for name in names]
    with pytest.raises(ChangedElsewhere):
        trainer.cards.undo()
    assert [schedule_of(trainer, name) for name in names] == changed
    session.undo()
    trainer.cards.reset(names)
    trainer.cards.undo()
    assert [schedule_of(trainer, name).state for name in names] == [State.NEW] * 3
    assert before != changed


def test_a_clock_set_back_never_puts_a_reset_before_the_last_review(desk: Desk) -> None:
    desk.write("d", *facts(1))
    desk.rate_all(Rating.EASY)
    desk.hand.now -= timedelta(days=5)
    trainer = desk.trainer()
    trainer.cards.reset(["d/n1#main"])
    review, reset = trainer.store.log(1)
    assert reset.id > review.id
    assert reset.study_day == review.study_day


def test_an_action_counts_as_one_however_fast_the_next_one_follows(desk: Desk) -> None:
    desk.write("d", *facts(2))
    trainer = desk.trainer()
    trainer.cards.suspend(["d/n1#main"])
    trainer.cards.suspend(["d/n2#main"])
    trainer.cards.undo()
    assert shown(trainer) == ["d/n2#main"]
