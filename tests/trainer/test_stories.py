"""Days in a learner's life on which something happens under a running session: the clock turns, an author edits.

Other tests tell other stories: `test_studying.py` of undo around 04:00 and of two programs with one card,
`test_two_programs.py` of two programs in any order, `test_progress_kept.py` of edits between sessions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from builders import Desk, deck_text, fact, facts, rate, take
from quizkorea.core.errors import ChangedElsewhere
from quizkorea.core.schedule import LogRow, Rating, State
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.studying import StudySession
from test_kill import assert_states_follow_from_the_log


def key_of(trainer: Trainer, name: str) -> int:
    """The key of the card that has this name now."""
    row = trainer.store.connection.execute("SELECT key FROM card WHERE name = ?", (name,)).fetchone()
    assert row is not None, name
    return int(row[0])


def log_of(trainer: Trainer, name: str) -> list[LogRow]:
    """The log of the card that has this name now."""
    return trainer.store.log(key_of(trainer, name))


def answered(session: StudySession, rating: Rating = Rating.EASY) -> list[str]:
    """Answer all that comes; the names."""
    names = []
    while (shown := session.next()) is not None:
        names.append(shown.name)
        rate(session, rating)
    return names


# --- the study day turns ------------------------------------------------------------------------------------------


def test_an_answer_undone_after_the_day_has_turned_counts_for_neither_day_until_it_is_given_anew(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(new_per_day=2)
    desk.write("d", *facts(6))
    desk.hand.now = desk.hand.now.replace(hour=3, minute=58)
    trainer = desk.trainer()
    session = trainer.study()
    for _ in range(2):
        take(session)
        rate(session, Rating.EASY)
    assert trainer.overview().new == 0
    desk.hand.forward(minutes=3)
    shown = session.undo()
    assert shown is not None
    assert (shown.name, shown.schedule.state) == ("d/n2#main", State.NEW)
    yesterday, today = date(2026, 3, 1), date(2026, 3, 2)
    assert [trainer.store.done_on(day)[2] for day in (yesterday, today)] == [1, 0]
    assert trainer.overview().new == 2
    rate(session, Rating.EASY)
    assert [row.study_day for row in log_of(trainer, "d/n2#main")] == [yesterday, today]
    assert answered(session) == ["d/n3#main"]
    assert [trainer.store.done_on(day)[0] for day in (yesterday, today)] == [1, 2]
    assert_states_follow_from_the_log(trainer)


def test_a_card_that_undo_brings_over_from_yesterday_takes_the_place_of_a_new_one_of_today(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(new_per_day=2)
    desk.write("d", *facts(6))
    desk.hand.now = desk.hand.now.replace(hour=3, minute=59)
    trainer = desk.trainer()
    session = trainer.study()
    take(session)
    rate(session, Rating.EASY)
    desk.hand.forward(minutes=2)
    assert take(session).name == "d/n2#main"  # today's two new cards are planned
    session.undo()
    rate(session, Rating.EASY)
    answered(session)
    assert trainer.store.done_on(trainer.today)[0] == 2


# --- names change under a session ---------------------------------------------------------------------------------


def test_cards_renamed_by_another_program_are_answered_under_their_new_names(desk: Desk) -> None:
    desk.write("d", *facts(3))
    here, there = desk.trainer(), desk.trainer()
    session = here.study()
    key = take(session).key
    desk.write("d", fact("x1") + "\nwas: [n1]", fact("x2") + "\nwas: [n2]", fact("n3"))
    there.sync()
    rate(session, Rating.AGAIN)
    assert [row.card_key for row in log_of(there, "d/x1#main")] == [key]
    shown = take(session)
    assert (shown.name, shown.key) == ("d/x2#main", key_of(there, "d/x2#main"))
    rate(session, Rating.EASY)
    assert take(session).name == "d/n3#main"
    session.undo()
    assert session.current is not None
    assert session.current.name == "d/x2#main"
    assert [row.undone_at is None for row in log_of(there, "d/x2#main")] == [False]
    assert_states_follow_from_the_log(there)


def test_a_session_goes_on_while_another_program_learns_that_its_deck_has_another_name(desk: Desk) -> None:
    desk.write("d", *facts(3))
    here, there = desk.trainer(), desk.trainer()
    session = here.study()
    take(session)
    desk.write("e", *facts(3), head="was: [d]\n", name="d.yaml")
    there.sync()
    rate(session, Rating.EASY)
    assert answered(session) == ["e/n2#main", "e/n3#main"]
    assert [len(log_of(there, f"e/n{number}#main")) for number in (1, 2, 3)] == [1, 1, 1]


def test_a_session_goes_on_while_another_program_learns_that_its_file_has_another_name(desk: Desk) -> None:
    path = desk.write("d", *facts(3), head="order: 1\n")
    desk.write("e", *facts(1), head="order: 2\n")
    here, there = desk.trainer(), desk.trainer()
    session = here.study()
    take(session)
    path.rename(path.with_name("renamed.yaml"))
    there.sync()
    rate(session, Rating.EASY)
    assert answered(session) == ["d/n2#main", "d/n3#main", "e/n1#main"]


def test_a_deck_of_other_folders_does_not_slip_into_a_session(desk: Desk) -> None:
    other = desk.root / "other"
    other.mkdir()
    desk.write("d", *facts(1))
    path = desk.write("e", *facts(1))
    here = desk.trainer(desk.decks)
    path.unlink()
    desk.trainer(desk.decks).close()
    (other / "x.yaml").write_text(deck_text("x", *facts(5)))
    desk.trainer(other).close()
    assert here.overview().new == 1
    assert [deck.slug for deck in here.overview().decks if deck.cards > 1] == []


def two_flagged_cards_with_history(desk: Desk) -> None:
    """d/a was answered Again and then Easy, e/b Good in between; both are flagged, each with a note of its own."""
    desk.write("d", fact("a"), head="order: 1\n")
    desk.write("e", fact("b"), head="order: 2\n")
    with desk.trainer() as trainer:
        session = trainer.study()
        for note, rating in (("of a", Rating.AGAIN), ("of b", Rating.GOOD)):
            take(session)
            session.flag(note)
            rate(session, rating)
            desk.hand.forward(seconds=40)
        assert take(session).name == "d/a#main"
        rate(session, Rating.EASY)


def test_a_card_on_screen_is_merged_into_another_one_answered_and_taken_back(desk: Desk) -> None:
    two_flagged_cards_with_history(desk)
    desk.hand.forward(days=30)
    here, there = desk.trainer(), desk.trainer()
    session = here.study()
    while take(session).name != "d/a#main":
        session.bury()
    desk.hand.forward(seconds=5)
    desk.write("d", fact("z"), head="order: 1\n")
    desk.write("e", fact("b") + "\nwas: [d/a]", head="order: 2\n")
    there.sync()
    assert [row.rating for row in log_of(there, "e/b#main")] == [Rating.AGAIN, Rating.GOOD, Rating.EASY]
    mark = there.store.mark(key_of(there, "e/b#main"))
    assert (mark.flagged, mark.flag_note, mark.buried_until is None) == (True, "of b\nof a", False)
    rate(session, Rating.HARD)
    assert [row.rating for row in log_of(there, "e/b#main")][3:] == [Rating.HARD]
    assert_states_follow_from_the_log(there)
    session.undo()
    assert [row.undone_at is None for row in log_of(there, "e/b#main")] == [True, True, True, False]
    assert_states_follow_from_the_log(there)


# --- files break and go under a session ---------------------------------------------------------------------------


def test_a_deck_broken_while_it_is_studied_is_studied_on_and_said_at_the_next_start(desk: Desk) -> None:
    desk.write("d", *facts(4))
    here = desk.trainer()
    session = here.study()
    take(session)
    rate(session, Rating.EASY)
    take(session)
    desk.write_text("d.yaml", "format: 1\ndeck: d\nnotes: [\n")
    with desk.trainer() as there:
        (problem,) = there.report.problems
        assert "last good content is used" in problem
    rate(session, Rating.EASY)
    assert answered(session) == ["d/n3#main", "d/n4#main"]
    desk.write("d", *facts(4))
    mended = desk.trainer()
    assert mended.report.problems == ()
    assert [len(log_of(mended, f"d/n{number}#main")) for number in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert_states_follow_from_the_log(mended)


@pytest.mark.parametrize("is_seen", [False, True], ids=["nobody has looked", "another program has looked"])
def test_a_deck_deleted_while_it_is_studied_keeps_all_its_answers(desk: Desk, is_seen: bool) -> None:
    desk.write("c", *facts(1), head="order: 9\n")
    path = desk.write("d", *facts(3), head="order: 1\n")
    session = desk.trainer().study()
    take(session)
    rate(session, Rating.EASY)
    take(session)
    text = path.read_text()
    path.unlink()
    if is_seen:
        desk.trainer().close()
    rate(session, Rating.EASY)  # it was on screen
    assert answered(session) == (["c/n1#main"] if is_seen else ["d/n3#main", "c/n1#main"])
    with desk.trainer() as later:
        (line,) = later.report.problems
        assert line.endswith("kept with their reviews: d.")
        assert [len(log_of(later, f"d/n{number}#main")) for number in (1, 2, 3)] == [1, 1, int(not is_seen)]
    desk.write_text("d.yaml", text)
    back = desk.trainer()
    assert back.overview().decks[0].seen == (2 if is_seen else 3)
    assert_states_follow_from_the_log(back)


def test_an_answer_to_a_deck_that_was_deleted_since_can_be_taken_back(desk: Desk) -> None:
    path = desk.write("d", *facts(2))
    desk.write("e", *facts(1))
    session = desk.trainer().study()
    take(session)
    rate(session, Rating.EASY)
    path.unlink()
    there = desk.trainer()
    shown = session.undo()
    assert [row.undone_at is None for row in log_of(there, "d/n1#main")] == [False]
    assert shown is not None
    assert shown.name == "e/n1#main"
    assert_states_follow_from_the_log(there)


@pytest.mark.parametrize("leaves", ["nothing", "an empty folder"])
def test_a_folder_that_is_unmounted_while_it_is_studied_loses_nothing(desk: Desk, leaves: str) -> None:
    mount = desk.root / "mount"
    mount.mkdir()
    (mount / "m.yaml").write_text(deck_text("m", *facts(3)))
    desk.write("d", *facts(1), head="order: 1\n")
    session = desk.trainer(desk.decks, mount).study()
    assert take(session).name == "d/n1#main"
    rate(session, Rating.EASY)
    take(session)
    rate(session, Rating.EASY)
    take(session)
    mount.rename(desk.root / "elsewhere")
    if leaves == "an empty folder":
        mount.mkdir()
    without = desk.trainer(desk.decks, mount)
    assert [deck.slug for deck in without.overview().decks] == ["d"]
    assert any("m" in line and "not loaded" in line for line in without.report.problems)
    names = without.store.connection.execute("SELECT count(*) FROM card WHERE name LIKE 'm/%'").fetchone()
    assert names == (3,)
    rate(session, Rating.EASY)
    if leaves == "an empty folder":
        mount.rmdir()
    (desk.root / "elsewhere").rename(mount)
    back = desk.trainer(desk.decks, mount)
    assert back.report.problems == ()
    assert [len(log_of(back, f"m/n{number}#main")) for number in (1, 2)] == [1, 1]
    assert [deck.seen for deck in back.overview().decks] == [1, 2]
    assert_states_follow_from_the_log(back)


# --- who holds a name ---------------------------------------------------------------------------------------------


def test_a_half_saved_file_gives_none_of_its_history_away(desk: Desk) -> None:
    desk.write("d", fact("a"), fact("b"))
    desk.rate_all(Rating.EASY)
    desk.write("e", fact("m") + "\nwas: [d/a]")
    desk.write_text("d.yaml", "format: 1\ndeck: d\nnotes: [")
    with desk.trainer() as trainer:
        assert trainer.store.keys_of(["d/a#main"]) == {"d/a#main": key_of(trainer, "d/a#main")}
    desk.write("d", fact("a"), fact("b"))
    with desk.trainer() as trainer:
        assert len(log_of(trainer, "d/a#main")) == 1


def test_a_copy_at_home_can_rename_a_note_of_the_deck_that_it_shadows(desk: Desk) -> None:
    packaged = desk.root / "packaged"
    packaged.mkdir()
    (packaged / "d.yaml").write_text(deck_text("d", fact("a"), fact("b")))
    desk.trainer(packaged).close()
    with desk.trainer(packaged) as trainer:
        session = trainer.study()
        take(session)
        rate(session, Rating.EASY)
    desk.write("d", fact("x") + "\nwas: [a]", fact("b"))
    with desk.trainer(desk.decks, packaged) as trainer:
        assert len(log_of(trainer, "d/x#main")) == 1
        assert trainer.report.problems == ()


def test_of_two_folders_that_claim_a_name_the_first_one_gets_it(desk: Desk) -> None:
    first = desk.root / "first"
    first.mkdir()
    path = desk.write("d", fact("a"))
    desk.rate_all(Rating.EASY)
    path.unlink()
    desk.write("x", fact("a"), head="was: [d]\n")
    (first / "y.yaml").write_text(deck_text("y", fact("a"), head="was: [d]\n"))
    with desk.trainer(first, desk.decks) as trainer:
        assert len(log_of(trainer, "y/a#main")) == 1
        assert log_of(trainer, "x/a#main") == []


def test_undo_of_a_flag_does_not_take_off_one_that_was_put_there_elsewhere(desk: Desk) -> None:
    desk.write("d", fact("a"))
    here, there = desk.trainer(), desk.trainer()
    here.cards.flag(["d/a#main"], "spelling?")
    there.cards.unflag(["d/a#main"])
    there.cards.flag(["d/a#main"], "spelling?")
    with pytest.raises(ChangedElsewhere):
        here.cards.undo()
    assert [one.note for one in here.flags()] == ["spelling?"]
