"""Orphans joined to the card that took their place, or put away; both taken back."""

from __future__ import annotations

import pytest

from builders import Desk, fact, facts, rate, take, two_way
from quizkorea.core.errors import ChangedElsewhere, UsageError
from quizkorea.core.schedule import Rating
from quizkorea.trainer.facade import Trainer

STATES = """
SELECT c.key, c.name, c.merged_into, c.discarded_at, s.state, s.stability, s.difficulty, s.due_day, s.due_ms, s.reviews
FROM card c LEFT JOIN card_state s ON s.card_key = c.key ORDER BY c.key
"""


def cards_of(trainer: Trainer) -> list[tuple[object, ...]]:
    return trainer.store.connection.execute(STATES).fetchall()


def rows_of(trainer: Trainer) -> list[tuple[object, ...]]:
    return trainer.store.connection.execute("SELECT id, card_key, undone_at FROM review_log ORDER BY id").fetchall()


def now(trainer: Trainer) -> int:
    return trainer.clock.now_ms()


def orphaned(desk: Desk) -> Trainer:
    """n1 was studied and dropped; n2 took its place and was studied too."""
    desk.write("d", fact("n1"))
    desk.rate_all(Rating.EASY)
    desk.hand.forward(days=1)
    desk.write("d", fact("n2"), fact("n3"))
    desk.rate_all(Rating.GOOD, limit=1)
    return desk.trainer()


def test_renaming_an_orphan_joins_both_histories_and_undo_parts_them_again(desk: Desk) -> None:
    trainer = orphaned(desk)
    before, rows = cards_of(trainer), rows_of(trainer)
    assert trainer.orphans.rename("d/n1", "d/n2", now(trainer)) == 1
    joined = trainer.store.card(1)
    assert joined is not None
    assert joined.name == "d/n2#main"
    assert joined.schedule == trainer.scheduler.state_from_log(trainer.store.log(joined.key), joined.key)
    assert joined.schedule.reviews == 2
    assert trainer.orphans.all() == []
    assert [path.name.split("-", 2)[2] for path in desk.home.backups.iterdir() if "orphans" in path.name]
    assert trainer.orphans.undo_rename(now(trainer)) == 1
    assert cards_of(trainer) == before
    assert rows_of(trainer) == rows
    with pytest.raises(UsageError, match="nothing to take back"):
        trainer.orphans.undo_rename(now(trainer))


def test_reviews_given_after_a_rename_stay_with_the_card_they_were_given_to(desk: Desk) -> None:
    trainer = orphaned(desk)
    trainer.orphans.rename("d/n1#main", "d/n3#main", now(trainer))
    desk.hand.forward(days=30)
    session = trainer.study()
    while take(session).name != "d/n3#main":
        rate(session, Rating.GOOD)
    rate(session, Rating.GOOD)
    trainer.orphans.undo_rename(now(trainer))
    key = trainer.store.keys_of(["d/n3#main"])["d/n3#main"]
    card = trainer.store.card(key)
    assert card is not None
    assert card.schedule.reviews == 1
    assert card.schedule == trainer.scheduler.state_from_log(trainer.store.log(key), key)
    assert [(one.name, one.reviews) for one in trainer.orphans.all()] == [("d/n1#main", 1)]


def test_a_rename_of_a_note_moves_every_orphan_of_it(desk: Desk) -> None:
    desk.write("d", two_way("a"))
    trainer = desk.trainer()
    trainer.cards.flag(["d/a#main"], "mine")
    trainer.close()
    desk.write("d", two_way("b"))
    trainer = desk.trainer()
    before = cards_of(trainer)
    assert trainer.orphans.rename("d/a", "d/b", now(trainer)) == 2
    assert [(one.name, one.note) for one in trainer.flags()] == [("d/b#main", "mine")]
    trainer.orphans.undo_rename(now(trainer))
    assert cards_of(trainer) == before
    assert [(one.name, one.path) for one in trainer.flags()] == [("d/a#main", None)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("d/n1", "d/n9", "no card 'd/n9#main' in today's decks"),
        ("d/n1", "d/n2#main", "two cards"),
        ("d/n2", "d/n3", "'d/n2' is no orphan. A card that its deck still gives is renamed in the deck"),
        ("d/n8", "d/n3", "'d/n8' is no orphan. Did you mean 'd/n1'"),
        ("d/n1#reverse", "d/n3#main", "is no orphan"),
    ],
)
def test_what_is_not_there_is_refused_and_nothing_is_changed(desk: Desk, old: str, new: str, said: str) -> None:
    trainer = orphaned(desk)
    before = cards_of(trainer)
    with pytest.raises(UsageError) as refused:
        trainer.orphans.rename(old, new, now(trainer))
    assert said in str(refused.value)
    assert cards_of(trainer) == before


def test_deleted_orphans_are_hidden_and_come_back_by_undo_or_with_their_note(desk: Desk) -> None:
    desk.write("d", *facts(3))
    desk.rate_all(Rating.EASY)
    desk.write("d", fact("n1"))
    trainer = desk.trainer()
    before, rows = cards_of(trainer), rows_of(trainer)
    trainer.orphans.delete(trainer.orphans.choose(["d/n2"]), now(trainer))
    assert [one.name for one in trainer.orphans.all()] == ["d/n3#main"]
    trainer.orphans.delete(trainer.orphans.choose([]), now(trainer))
    assert trainer.orphans.all() == []
    assert rows_of(trainer) == rows
    assert trainer.orphans.undo_delete(now(trainer)) == 1
    assert [one.name for one in trainer.orphans.all()] == ["d/n3#main"]
    assert trainer.orphans.undo_delete(now(trainer)) == 1
    assert cards_of(trainer) == before
    with pytest.raises(UsageError, match="nothing to take back"):
        trainer.orphans.undo_delete(now(trainer))


def test_a_rename_cannot_be_taken_back_once_its_card_was_moved_on(desk: Desk) -> None:
    trainer = orphaned(desk)
    trainer.orphans.rename("d/n1", "d/n2", now(trainer))
    trainer.close()
    desk.write("d", fact("n1"), fact("n2"), fact("n3"))  # the old name is a new note's now
    trainer = desk.trainer()
    before = cards_of(trainer)
    with pytest.raises(ChangedElsewhere, match="changed again since"):
        trainer.orphans.undo_rename(now(trainer))
    assert cards_of(trainer) == before


def test_a_merge_by_was_is_logged_and_backed_up_before(desk: Desk) -> None:
    trainer = orphaned(desk)
    trainer.close()
    desk.write("d", fact("n2", more="was: [n1]"), fact("n3"))
    trainer = desk.trainer()
    assert any("before-merge" in path.name for path in desk.home.backups.iterdir())
    kinds = trainer.store.connection.execute("SELECT kind FROM mark_log").fetchall()
    assert kinds == [("was",)]
    card = trainer.store.card(1)
    assert card is not None
    assert card.schedule.reviews == 2


def test_a_plain_rename_by_was_needs_no_backup(desk: Desk) -> None:
    desk.write("d", fact("n1"))
    desk.rate_all(Rating.EASY)
    desk.write("d", fact("n2", more="was: [n1]"))
    trainer = desk.trainer()
    assert not desk.home.backups.exists()
    assert trainer.store.keys_of(["d/n2#main"]) == {"d/n2#main": 1}
