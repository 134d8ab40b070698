"""A sitting over the store: what comes, what is saved, what undo takes back."""

from __future__ import annotations

from datetime import date

import pytest

from builders import Desk, fact, facts, rate, take, two_way
from quizkorea.core.errors import AnsweredElsewhere, ChangedElsewhere, DataError, UsageError
from quizkorea.core.schedule import Rating, State
from quizkorea.core.session import Limits
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.today import Selection

INTERPRETATION = """
id: war
type: interpretation
contested: true
question: Whose war was it?
key_points:
- text: one
- text: two
- text: three
model_answer: An answer.
positions:
- id: his
  holders: [p]
  claim: It was his.
- id: hers
  holders: [q]
  claim: It was hers.
"""
HOLDERS = """
format: 1
sources:
  s: {author: A, title: T, year: 1999, kind: book}
holders:
  p: {name: Paul}
  q: {name: Quinn}
"""


def live_rows(trainer: Trainer) -> int:
    sql = "SELECT count(*) FROM review_log WHERE undone_at IS NULL"
    return int(trainer.store.connection.execute(sql).fetchone()[0])


def test_every_answer_is_in_the_log_when_rate_returns(desk: Desk) -> None:
    desk.write("d", *facts(3))
    trainer, other = desk.trainer(), desk.trainer()
    session = trainer.study()
    for count in range(1, 4):
        take(session)
        rate(session, Rating.GOOD)
        assert live_rows(other) == count


def test_the_interval_given_is_the_interval_shown(desk: Desk) -> None:
    desk.write("d", *facts(12))
    desk.rate_all(Rating.EASY)
    desk.hand.forward(days=30)
    trainer = desk.trainer()
    session = trainer.study()
    while (shown := session.next()) is not None:
        outcome = session.outcomes()[Rating.GOOD]
        session.rate(outcome)
        desk.hand.forward(seconds=1)
        card = trainer.store.card(shown.key)
        assert card is not None
        assert card.schedule == outcome.schedule


def test_a_learning_step_counts_from_the_rating_not_from_the_reveal(desk: Desk) -> None:
    desk.write("d", *facts(1))
    trainer = desk.trainer()
    session = trainer.study()
    take(session)
    shown = session.outcomes()[Rating.AGAIN]
    desk.hand.forward(minutes=3)
    session.rate(shown)
    (row,) = trainer.store.log(1)
    assert row.id == shown.at_ms + 180_000
    assert row.due_ms == row.id + 60_000


def test_answering_the_same_log_again_gives_the_same_states(desk: Desk) -> None:
    desk.write("d", *facts(6))
    for rating in (Rating.GOOD, Rating.HARD, Rating.AGAIN, Rating.EASY, Rating.GOOD):
        desk.rate_all(rating, limit=9)
        desk.hand.forward(days=3, hours=5)
    trainer = desk.trainer()
    for key in range(1, 7):
        card = trainer.store.card(key)
        assert card is not None
        replayed = trainer.scheduler.state_from_log(trainer.store.log(key), key)
        assert replayed == card.schedule
        assert replayed.reviews >= 3


def test_a_failed_card_returns_in_the_same_session(desk: Desk) -> None:
    desk.write("d", *facts(2))
    session = desk.trainer().study()
    first = take(session)
    rate(session, Rating.AGAIN)
    second = take(session)
    rate(session, Rating.EASY)
    assert take(session).name == first.name != second.name


def test_a_learning_card_waits_until_it_is_due_while_others_are_left(desk: Desk) -> None:
    desk.write("d", *facts(3))
    session = desk.trainer().study()
    assert take(session).name == "d/n1#main"
    rate(session, Rating.AGAIN)
    assert take(session).name == "d/n2#main"
    desk.hand.forward(minutes=2)
    rate(session, Rating.EASY)
    assert take(session).name == "d/n1#main"


def test_a_learning_card_too_far_ahead_ends_the_session(make_desk: object) -> None:
    desk: Desk = make_desk(learning_steps=(60, 3_600))  # type: ignore[operator]
    desk.write("d", *facts(1))
    session = desk.trainer().study()
    take(session)
    rate(session, Rating.GOOD)
    assert session.next() is None
    assert session.summary().waiting_ms == 3_600_000


def test_siblings_wait_until_tomorrow(desk: Desk) -> None:
    desk.write("d", two_way("a"), two_way("b"))
    assert desk.rate_all(Rating.EASY) == ["d/a#main", "d/b#main"]
    desk.hand.forward(days=1)
    assert desk.rate_all(Rating.EASY) == ["d/a#reverse", "d/b#reverse"]


def test_attribution_cards_of_one_interpretation_come_together(desk: Desk) -> None:
    desk.write_text("sources.yaml", HOLDERS)
    desk.write("d", INTERPRETATION)
    assert desk.rate_all(Rating.EASY) == ["d/war#main"]
    desk.hand.forward(days=1)
    assert desk.rate_all(Rating.EASY) == ["d/war#attribution-his", "d/war#attribution-hers"]


def test_caps_count_over_all_decks_and_sessions(make_desk: object) -> None:
    desk: Desk = make_desk(new_per_day=5)  # type: ignore[operator]
    desk.write("d", *facts(4))
    desk.write("e", *facts(4))
    assert len(desk.rate_all(Rating.EASY, limit=3)) == 3
    assert desk.trainer().overview().new == 2
    assert len(desk.rate_all(Rating.EASY)) == 2
    assert desk.rate_all(Rating.EASY) == []
    desk.hand.forward(days=1)
    assert len(desk.rate_all(Rating.EASY)) == 3


def test_undo_goes_back_many_levels_and_to_the_state_before(desk: Desk) -> None:
    desk.write("d", *facts(3))
    trainer = desk.trainer()
    session = trainer.study()
    for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY):
        take(session)
        rate(session, rating)
        desk.hand.forward(seconds=3)
    take(session)
    for name in ("d/n3#main", "d/n2#main", "d/n1#main"):
        shown = session.undo()
        assert shown is not None
        assert shown.name == name
    assert session.undo() is None
    assert live_rows(trainer) == 0
    card = trainer.store.card(1)
    assert card is not None
    assert (card.schedule.state, card.schedule.reviews, card.schedule.stability) == (State.NEW, 0, None)
    rate(session, Rating.GOOD)
    assert take(session).name == "d/n2#main"
    rate(session, Rating.EASY)
    assert take(session).name == "d/n3#main"


def test_undo_at_the_end_brings_the_last_card_back(desk: Desk) -> None:
    desk.write("d", *facts(1))
    trainer = desk.trainer()
    session = trainer.study()
    take(session)
    rate(session, Rating.EASY)
    assert session.next() is None
    shown = session.undo()
    assert shown is not None
    assert shown.name == "d/n1#main"
    assert trainer.overview().answered_today == 0
    rate(session, Rating.EASY)
    assert session.next() is None


def test_undone_rows_stay_in_the_log(desk: Desk) -> None:
    desk.write("d", *facts(1))
    trainer = desk.trainer()
    session = trainer.study()
    take(session)
    rate(session, Rating.GOOD)
    desk.hand.forward(seconds=9)
    session.undo()
    (row,) = trainer.store.log(1)
    assert row.undone_at == row.id + 9_000


@pytest.mark.parametrize("mark", ["suspend", "bury"])
def test_a_card_set_aside_leaves_and_undo_brings_it_back(desk: Desk, mark: str) -> None:
    desk.write("d", *facts(2))
    trainer = desk.trainer()
    session = trainer.study()
    take(session)
    getattr(session, mark)()
    assert take(session).name == "d/n2#main"
    assert trainer.overview().new == 1
    shown = session.undo()
    assert shown is not None
    assert shown.name == "d/n1#main"
    assert trainer.overview().new == 2


def test_a_buried_card_returns_the_next_study_day_and_a_suspended_one_does_not(desk: Desk) -> None:
    desk.write("d", *facts(2))
    trainer = desk.trainer()
    session = trainer.study()
    take(session)
    session.bury()
    take(session)
    session.suspend()
    assert session.next() is None
    desk.hand.forward(days=1)
    assert [card.name for card in iter(desk.trainer().study().next, None)][:1] == ["d/n1#main"]
    assert trainer.overview().new == 1


def test_undo_takes_marks_and_answers_back_in_the_order_done(desk: Desk) -> None:
    desk.write("d", *facts(4))
    session = desk.trainer().study()
    take(session)
    rate(session, Rating.EASY)
    take(session)
    assert session.flag() is True
    session.suspend()
    take(session)
    rate(session, Rating.EASY)
    names = [shown.name for shown in iter(session.undo, None)]
    assert names == ["d/n3#main", "d/n2#main", "d/n2#main", "d/n1#main"]
    assert session.current is not None
    assert session.current.flagged is False


def test_an_answer_given_elsewhere_counts_and_nothing_is_doubled(desk: Desk) -> None:
    desk.write("d", *facts(2))
    here, there = desk.trainer(), desk.trainer()
    mine, theirs = here.study(), there.study()
    take(mine)
    take(theirs)
    rate(theirs, Rating.EASY)
    with pytest.raises(AnsweredElsewhere):
        rate(mine, Rating.AGAIN)
    assert live_rows(here) == 1
    assert take(mine).name == "d/n2#main"


def test_undo_elsewhere_does_not_lose_the_answer_given_here(desk: Desk) -> None:
    desk.write("d", *facts(1))
    here, there = desk.trainer(), desk.trainer()
    theirs = there.study()
    take(theirs)
    rate(theirs, Rating.AGAIN)
    mine = here.study()
    take(mine)
    theirs.undo()
    rate(mine, Rating.GOOD)
    card = here.store.card(1)
    assert card is not None
    assert card.schedule.reviews == 1
    assert live_rows(here) == 1


def test_undo_of_what_changed_elsewhere_changes_nothing(desk: Desk) -> None:
    desk.write("d", *facts(1))
    here, there = desk.trainer(), desk.trainer()
    mine = here.study()
    take(mine)
    rate(mine, Rating.AGAIN)
    desk.hand.forward(minutes=1)
    theirs = there.study()
    take(theirs)
    rate(theirs, Rating.GOOD)
    with pytest.raises(ChangedElsewhere):
        mine.undo()
    assert live_rows(here) == 2
    assert mine.undo() is None


def test_an_answer_at_0359_is_undone_at_0401_and_given_anew_today(desk: Desk) -> None:
    desk.write("d", *facts(2))
    desk.hand.now = desk.hand.now.replace(hour=3, minute=59)
    session = desk.trainer().study()
    take(session)
    rate(session, Rating.EASY)
    take(session)
    desk.hand.forward(minutes=2)
    shown = session.undo()
    assert shown is not None
    assert shown.name == "d/n1#main"
    rate(session, Rating.EASY)
    rows = desk.trainer().store.log(1)
    assert [row.study_day for row in rows] == [date(2026, 3, 1), date(2026, 3, 2)]
    assert [row.undone_at is None for row in rows] == [False, True]


def test_the_stack_of_undo_survives_the_turn_of_the_study_day(desk: Desk) -> None:
    desk.write("d", *facts(3))
    desk.hand.now = desk.hand.now.replace(hour=3, minute=59)
    session = desk.trainer().study()
    take(session)
    rate(session, Rating.EASY)
    desk.hand.forward(minutes=2)
    take(session)
    rate(session, Rating.EASY)
    take(session)
    assert [shown.name for shown in iter(session.undo, None)] == ["d/n2#main", "d/n1#main"]


def test_a_miss_that_was_answered_elsewhere_is_no_miss(desk: Desk) -> None:
    desk.write("d", *facts(1))
    mine, theirs = desk.trainer().study(), desk.trainer().study()
    take(mine)
    take(theirs)
    rate(theirs, Rating.EASY)
    with pytest.raises(AnsweredElsewhere):
        rate(mine, Rating.AGAIN)
    assert mine.summary().missed == ()


def test_a_source_added_by_another_program_is_known(desk: Desk) -> None:
    sources = "format: 1\nsources:\n  s: {author: A, title: T, year: 1999, kind: book, pages: 1-9}\n"
    desk.write_text("sources.yaml", sources)
    desk.write("d", *facts(2))
    here, there = desk.trainer(), desk.trainer()
    session = here.study()
    take(session)
    desk.write_text("sources.yaml", sources + "  s2: {author: B, title: U, year: 2001, kind: book, pages: 1-9}\n")
    desk.write("d", fact("n1"), fact("n2") + "\ncite:\n- source: s2\n  at: p. 3")
    there.sync()
    rate(session, Rating.EASY)
    assert take(session).citations[0][1] == "B, U (2001), p. 3"


def test_the_turn_of_the_study_day_brings_its_own_new_cards(make_desk: object) -> None:
    desk: Desk = make_desk(new_per_day=2)  # type: ignore[operator]
    desk.write("d", *facts(6))
    desk.hand.now = desk.hand.now.replace(hour=3, minute=50)
    session = desk.trainer().study()
    take(session)
    rate(session, Rating.EASY)
    take(session)
    desk.hand.forward(minutes=20)
    rate(session, Rating.EASY)
    answered = [shown.name for shown in iter(lambda: _answered_next(session), None)]
    assert answered == ["d/n3#main"]  # the second card was answered on the new day and counts there


def _answered_next(session: object) -> object:
    shown = session.next()  # type: ignore[attr-defined]
    if shown is not None:
        rate(session, Rating.EASY)  # type: ignore[arg-type]
    return shown


def test_cram_leaves_the_schedule_alone_and_repeats_what_was_missed(desk: Desk) -> None:
    desk.write("d", *facts(2))
    desk.rate_all(Rating.EASY)
    trainer = desk.trainer()
    before = trainer.store.connection.execute("SELECT * FROM card_state").fetchall()
    session = trainer.study(cram=True)
    names = []
    for rating in (Rating.AGAIN, Rating.GOOD, Rating.GOOD):
        names.append(take(session).name)
        rate(session, rating)
    assert names == ["d/n1#main", "d/n2#main", "d/n1#main"]
    assert session.next() is None
    assert trainer.store.connection.execute("SELECT * FROM card_state").fetchall() == before
    assert live_rows(trainer) == 2


def test_limits_end_a_session(desk: Desk) -> None:
    desk.write("d", *facts(9))
    session = desk.trainer().study(limits=Limits(cards=2))
    assert [shown.name for shown in iter(lambda: _answered_next(session), None)] == ["d/n1#main", "d/n2#main"]
    session = desk.trainer().study(new_limit=3)
    assert len(list(iter(lambda: _answered_next(session), None))) == 3
    session = desk.trainer().study(limits=Limits(minutes=5))
    take(session)
    desk.hand.forward(minutes=5)
    rate(session, Rating.EASY)
    assert session.next() is None


def test_a_slice_by_deck_tag_and_type(desk: Desk) -> None:
    desk.write("d", fact("a", more="tags: [red, blue]"), fact("b", more="tags: [redder, a tag of words]"))
    desk.write("e", fact("a"), "id: when\ntype: date\nevent: It happens\ndate: 1950", head="tags: [red]\n")
    trainer = desk.trainer()

    def names(selection: Selection) -> list[str]:
        return [shown.name for shown in iter(trainer.study(selection).next, None)]

    assert names(Selection(decks=("e",))) == ["e/a#main", "e/when#main"]
    assert names(Selection(tag="red")) == ["d/a#main", "e/a#main", "e/when#main"]
    assert names(Selection(type="date")) == ["e/when#main"]
    assert names(Selection(tag="a tag of words")) == ["d/b#main"]
    with pytest.raises(UsageError, match="has the tag 'words'"):
        names(Selection(tag="words"))
    with pytest.raises(UsageError, match="no deck 'dd'"):
        trainer.study(Selection(decks=("dd",)))


def test_a_card_that_became_an_orphan_is_passed_over(desk: Desk) -> None:
    desk.write("d", *facts(3))
    trainer = desk.trainer()
    session = trainer.study()
    take(session)
    desk.write("d", fact("n1"), fact("n3"))
    trainer.sync()
    rate(session, Rating.EASY)
    assert take(session).name == "d/n3#main"


def test_a_card_is_shown_with_its_text_of_now(desk: Desk) -> None:
    desk.write("d", *facts(2))
    trainer = desk.trainer()
    session = trainer.study()
    take(session)
    desk.write("d", fact("n1"), fact("n2", question="A better question?"))
    trainer.sync()
    rate(session, Rating.EASY)
    assert take(session).face.prompt == "A better question?"


def test_a_card_answered_elsewhere_does_not_come_again_here(desk: Desk) -> None:
    desk.write("d", *facts(3))
    here, there = desk.trainer(), desk.trainer()
    mine, theirs = here.study(), there.study()
    assert take(mine).name == "d/n1#main"
    theirs.next()
    theirs.suspend()
    take(theirs)
    rate(theirs, Rating.EASY)
    take(theirs)
    rate(theirs, Rating.AGAIN)
    rate(mine, Rating.EASY)
    # n2 is due on another day; n3 is on a learning step and waits for it
    assert take(mine).name == "d/n3#main"
    rate(mine, Rating.EASY)
    assert mine.next() is None


def test_a_store_that_is_deleted_under_the_program_is_said(desk: Desk) -> None:
    desk.write("d", *facts(2))
    session = desk.trainer().study()
    take(session)
    desk.home.store.unlink()
    with pytest.raises(DataError, match="deleted or replaced"):
        rate(session, Rating.GOOD)


def test_a_slip_is_not_offered_for_what_another_gap_accepts(desk: Desk) -> None:
    desk.write("d", "id: a\ntype: cloze\ntext: '{{c1::Lin Biao}} and {{c2::Li Biao}} met'")
    session = desk.trainer().study()
    take(session)
    verdicts = [session.judge(text).verdict.value for text in ("Lin Biao", "Li Biao", "Lin Biaoo")]  # type: ignore[union-attr]
    assert verdicts == ["right", "wrong", "close"]


def test_the_summary_counts_and_names_the_misses(desk: Desk) -> None:
    desk.write("d", *facts(3))
    session = desk.trainer().study()
    for rating in (Rating.AGAIN, Rating.EASY, Rating.EASY):
        take(session)
        rate(session, rating)
        desk.hand.forward(seconds=5)
    summary = session.summary()
    assert (summary.answered, summary.passed, summary.new_started, summary.duration_ms) == (3, 2, 3, 15_000)
    assert summary.by_rating == {Rating.AGAIN: 1, Rating.EASY: 2}
    assert [missed.name for missed in summary.missed] == ["d/n1#main"]


def test_the_time_that_a_card_took_is_kept(desk: Desk) -> None:
    desk.write("d", *facts(1))
    trainer = desk.trainer()
    session = trainer.study()
    take(session)
    desk.hand.forward(seconds=7)
    rate(session, Rating.GOOD)
    assert trainer.store.log(1)[0].duration_ms == 7_000


def test_two_answers_in_one_millisecond_have_rows_of_their_own(desk: Desk) -> None:
    desk.write("d", *facts(3))
    desk.rate_all(Rating.EASY)
    rows = desk.trainer().store.connection.execute("SELECT id FROM review_log ORDER BY id").fetchall()
    assert len({row[0] for row in rows}) == 3
    assert rows[2][0] - rows[0][0] == 2


def test_card_info_tells_the_history_newest_first(desk: Desk) -> None:
    desk.write("d", *facts(1))
    desk.rate_all(Rating.GOOD)
    desk.hand.forward(days=5)
    session = desk.trainer().study()
    take(session)
    info = session.info()
    assert info.history == ("2026-03-02  Good", "2026-03-02  Good")
    assert info.retrievability is not None
    assert 0 < info.retrievability < 1
    assert info.place.endswith("d.yaml:6")
