"""Whatever an author does to a deck, a learner loses nothing (DESIGN §3, §8)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builders import Desk, deck_text, fact, facts, rate, take, two_way
from quizkorea.core.schedule import Rating, State
from quizkorea.trainer.facade import Trainer


def states(trainer: Trainer) -> dict[str, tuple[int, State]]:
    """Card name -> (reviews, state) of every card that a loaded deck gives."""
    store = trainer.store
    ids = [deck.id for deck in trainer._decks]
    found = {}
    for candidate in store.all_cards(trainer.today, ids):
        card = store.card(candidate.key)
        assert card is not None
        found[card.name] = (card.schedule.reviews, card.schedule.state)
    return found


def studied(desk: Desk) -> dict[str, tuple[int, State]]:
    desk.rate_all(Rating.EASY)
    trainer = desk.trainer()
    found = states(trainer)
    trainer.close()
    return found


@pytest.mark.parametrize(
    "edited",
    [
        fact("a", question="Quite another question?"),
        fact("a", answer="another answer"),
        fact("a", more="tags: [new-tag]\nexplanation: More."),
        fact("a", more="aliases: [someone]"),
    ],
)
def test_editing_a_note_keeps_its_progress(desk: Desk, edited: str) -> None:
    desk.write("d", fact("a"), fact("b"))
    before = studied(desk)
    desk.write("d", edited, fact("b"))
    assert states(desk.trainer()) == before == {"d/a#main": (1, State.REVIEW), "d/b#main": (1, State.REVIEW)}


def test_reordering_notes_keeps_progress_and_changes_the_order(desk: Desk) -> None:
    desk.write("d", *facts(3))
    before = studied(desk)
    desk.write("d", *reversed(facts(3)))
    after = states(desk.trainer())
    assert after == before
    assert list(after) == ["d/n3#main", "d/n2#main", "d/n1#main"]


def test_renaming_the_file_keeps_progress(desk: Desk) -> None:
    path = desk.write("d", *facts(3))
    before = studied(desk)
    path.rename(path.with_name("quite-another-name.yml"))
    trainer = desk.trainer()
    assert states(trainer) == before
    assert len(trainer.overview().decks) == 1


def test_a_note_renamed_by_was_keeps_its_progress(desk: Desk) -> None:
    desk.write("d", two_way("old"), fact("b"))
    before = studied(desk)
    desk.write("d", two_way("new") + "\nwas: [old]", fact("b"))
    after = states(desk.trainer())
    assert after == {name.replace("old", "new"): value for name, value in before.items()}


def test_a_note_moved_to_another_deck_by_was_keeps_its_progress(desk: Desk) -> None:
    desk.write("d", fact("a"), fact("b"))
    desk.write("e", fact("c"))
    studied(desk)
    desk.write("d", fact("b"))
    desk.write("e", fact("c"), fact("moved") + "\nwas: [d/a]")
    trainer = desk.trainer()
    assert states(trainer)["e/moved#main"] == (1, State.REVIEW)
    assert trainer.orphans.all() == []


def test_a_deck_renamed_by_was_keeps_the_progress_of_all_its_notes(desk: Desk) -> None:
    path = desk.write("d", *facts(3))
    before = studied(desk)
    path.unlink()
    desk.write("e", *facts(3), head="was: [d]\n")
    assert states(desk.trainer()) == {name.replace("d/", "e/"): value for name, value in before.items()}


def test_a_renamed_slug_in_the_same_file_keeps_progress(desk: Desk) -> None:
    desk.write("d", *facts(2))
    before = studied(desk)
    desk.write("e", *facts(2), head="was: [d]\n", name="d.yaml")
    assert states(desk.trainer()) == {name.replace("d/", "e/"): value for name, value in before.items()}


def test_an_old_name_that_is_put_back_puts_its_claim_in_error(desk: Desk) -> None:
    desk.write("a", fact("other"))
    desk.write("b", fact("new") + "\nwas: [a/old]")
    desk.trainer().close()
    desk.write("a", fact("other"), fact("old"))
    (problem,) = desk.trainer().report.problems
    assert "b.yaml" in problem
    assert "still present" in problem


def test_was_waits_while_the_old_name_is_present(desk: Desk) -> None:
    desk.write("d", fact("a"))
    studied(desk)
    desk.write("e", fact("moved") + "\nwas: [d/a]")
    trainer = desk.trainer()
    assert states(trainer) == {"d/a#main": (1, State.REVIEW)}
    assert any("still present" in problem for problem in trainer.report.problems)
    trainer.close()
    desk.write("d", fact("z"))
    trainer = desk.trainer()
    assert states(trainer) == {"d/z#main": (0, State.NEW), "e/moved#main": (1, State.REVIEW)}
    assert trainer.report.problems == ()


def test_two_histories_of_one_card_are_merged_in_time_order(desk: Desk) -> None:
    desk.write("d", fact("a"))
    desk.write("e", fact("b"))
    studied(desk)
    desk.hand.forward(days=10)
    desk.rate_all(Rating.GOOD)
    desk.write("d", fact("z"))
    desk.write("e", fact("b") + "\nwas: [d/a]")
    trainer = desk.trainer()
    assert states(trainer)["e/b#main"] == (4, State.REVIEW)
    (key,) = trainer.store.connection.execute("SELECT key FROM card WHERE name = 'e/b#main'").fetchone()
    log = trainer.store.log(key)
    assert [row.id for row in log] == sorted(row.id for row in log)
    assert len({row.card_key for row in log}) == 2
    assert trainer.scheduler.state_from_log(log, key) == trainer.store.card(key).schedule  # type: ignore[union-attr]


def test_a_session_follows_a_card_that_is_merged_under_it(desk: Desk) -> None:
    desk.write("d", fact("a"))
    desk.write("e", fact("b"))
    trainer = desk.trainer()
    session = trainer.study()
    assert take(session).name == "d/a#main"
    rate(session, Rating.AGAIN)
    desk.write("d", fact("z"))
    desk.write("e", fact("b") + "\nwas: [d/a]")
    trainer.sync()
    assert take(session).name == "e/b#main"


def test_an_answer_to_a_card_that_is_merged_while_it_is_shown_goes_to_the_survivor(desk: Desk) -> None:
    desk.write("d", fact("a"), fact("b"))
    studied(desk)
    desk.hand.forward(days=30)
    here, there = desk.trainer(), desk.trainer()
    session = here.study()
    assert take(session).name == "d/a#main"
    desk.write("d", fact("b") + "\nwas: [a]")
    there.sync()
    here.sync()
    rate(session, Rating.GOOD)
    assert session.next() is None
    card = here.store.card(1)
    assert card is not None
    assert (card.name, card.schedule.reviews) == ("d/b#main", 3)
    assert here.scheduler.state_from_log(here.store.log(card.key), card.key) == card.schedule
    assert here.overview().next_due == card.schedule.due_day
    assert session.undo() is not None
    assert here.store.card(1).schedule.reviews == 2  # type: ignore[union-attr]


def test_a_flag_put_on_a_card_that_is_merged_while_it_is_shown_is_shown(desk: Desk) -> None:
    desk.write("d", fact("a"), fact("b"))
    desk.rate_all()
    desk.hand.forward(days=30)
    trainer = desk.trainer()
    session = trainer.study()
    assert take(session).name == "d/a#main"
    desk.write("d", fact("b") + "\nwas: [a]")
    trainer.sync()
    assert session.flag() is True
    assert session.current is not None
    assert session.current.flagged
    assert [one.name for one in trainer.flags()] == ["d/b#main"]


def test_a_merged_card_is_no_new_card_of_today(make_desk: object) -> None:
    desk: Desk = make_desk(new_per_day=1)  # type: ignore[operator]
    desk.write("d", fact("a"))
    studied(desk)
    desk.write("d", fact("b") + "\nwas: [a]", fact("c"))
    desk.hand.forward(days=30)
    trainer = desk.trainer()
    session = trainer.study()
    assert take(session).name == "d/b#main"
    rate(session, Rating.GOOD)
    assert trainer.overview().new == 1


@pytest.mark.parametrize("gone", ["deck", "note", "suspended"])
def test_the_next_due_day_counts_only_cards_that_will_come(desk: Desk, gone: str) -> None:
    path = desk.write("d", fact("a"))
    desk.write("e", fact("z"))
    desk.rate_all(Rating.EASY, limit=1)
    trainer = desk.trainer()
    assert trainer.overview().next_due is not None
    if gone == "deck":
        path.unlink()
    elif gone == "note":
        desk.write("d", fact("b"))
    else:
        trainer.store.connection.execute("INSERT INTO card_mark VALUES (1, 1, NULL, 0, NULL)")
    report = trainer.sync()
    assert trainer.overview().next_due is None
    assert any("not loaded" in line and line.endswith(": d.") for line in report.problems) == (gone == "deck")


def test_a_file_name_that_is_no_utf8_hides_no_other_deck(desk: Desk) -> None:
    desk.write("d", *facts(2))
    odd = os.path.join(os.fsencode(desk.decks), b"l\xff.yaml")
    try:
        with open(odd, "wb") as file:
            file.write(deck_text("odd", *facts(3)).encode())
    except OSError:
        pytest.skip("this file system takes no such name")
    trainer = desk.trainer()
    assert {deck.slug: deck.cards for deck in trainer.overview().decks} == {"d": 2, "odd": 3}
    trainer.close()
    assert len(states(desk.trainer())) == 5


def test_a_removed_note_is_an_orphan_and_comes_back_with_its_history(desk: Desk) -> None:
    desk.write("d", *facts(2))
    before = studied(desk)
    desk.write("d", fact("n1"))
    trainer = desk.trainer()
    assert [(orphan.name, orphan.reviews) for orphan in trainer.orphans.all()] == [("d/n2#main", 1)]
    assert list(states(trainer)) == ["d/n1#main"]
    trainer.close()
    desk.write("d", *facts(2))
    trainer = desk.trainer()
    assert states(trainer) == before
    assert trainer.orphans.all() == []


def test_a_removed_reverse_is_an_orphan_and_comes_back(desk: Desk) -> None:
    desk.write("d", two_way("a"))
    before = studied(desk)
    desk.write("d", fact("a"))
    trainer = desk.trainer()
    assert [orphan.name for orphan in trainer.orphans.all()] == ["d/a#reverse"]
    trainer.close()
    desk.write("d", two_way("a"))
    assert states(desk.trainer()) == before


def test_an_absent_deck_makes_no_orphans_and_loses_nothing(desk: Desk) -> None:
    desk.write("d", *facts(2))
    path = desk.write("e", *facts(2))
    before = studied(desk)
    text = path.read_text()
    path.unlink()
    trainer = desk.trainer()
    assert trainer.orphans.all() == []
    assert set(states(trainer)) == {"d/n1#main", "d/n2#main"}
    trainer.close()
    path.write_text(text)
    assert states(desk.trainer()) == before


def test_a_broken_deck_keeps_its_last_good_content(desk: Desk) -> None:
    desk.write("d", *facts(2))
    before = studied(desk)
    desk.write_text("d.yaml", "format: 1\ndeck: d\ntitle: [unclosed\n")
    trainer = desk.trainer()
    assert states(trainer) == before
    assert trainer.orphans.all() == []
    (problem,) = trainer.report.problems
    assert "last good content" in problem
    assert "quizkorea check" in problem
    trainer.close()
    desk.write("d", *facts(3))
    trainer = desk.trainer()
    assert trainer.report.problems == ()
    assert states(trainer) == before | {"d/n3#main": (0, State.NEW)}


def test_a_broken_bibliography_keeps_the_last_good_content_of_its_decks(desk: Desk) -> None:
    desk.write_text("sources.yaml", "format: 1\nsources:\n  s: {author: A, title: T, year: 1999, kind: book}\n")
    desk.write("d", fact("a", more="cite:\n- source: s\n  at: p. 1"))
    before = studied(desk)
    desk.write_text("sources.yaml", "format: [")
    trainer = desk.trainer()
    assert states(trainer) == before
    assert len(trainer.report.problems) == 1


def test_two_files_of_one_slug_are_both_in_error_until_one_goes(desk: Desk) -> None:
    desk.write("d", *facts(2))
    before = studied(desk)
    copy = desk.write("d", *facts(3), name="copy.yaml")
    trainer = desk.trainer()
    assert len(trainer.report.problems) == 2
    assert states(trainer) == before
    trainer.close()
    copy.unlink()
    trainer = desk.trainer()
    assert trainer.report.problems == ()
    assert states(trainer) == before


def test_the_first_folder_with_a_slug_wins(desk: Desk, tmp_path: Path) -> None:
    first, second = tmp_path / "first", desk.decks
    first.mkdir()
    (first / "mine.yaml").write_text(deck_text("d", *facts(1)))
    desk.write("d", *facts(3))
    trainer = desk.trainer(first, second)
    assert list(states(trainer)) == ["d/n1#main"]
    (line,) = trainer.report.shadowed
    assert str(second / "d.yaml") in line
    trainer.close()
    assert len(states(desk.trainer(second))) == 3


def test_an_unchanged_file_is_not_parsed_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("d", *facts(2))
    desk.trainer().close()
    import quizkorea.trainer.reading as reading

    def fail(*_: object) -> None:
        raise AssertionError("a file was parsed")

    monkeypatch.setattr(reading, "read_deck", fail)
    assert len(states(desk.trainer())) == 2


def test_a_file_touched_while_it_was_read_is_read_again(desk: Desk) -> None:
    path = desk.write("d", *facts(1))
    os.utime(path)  # as if it were being edited at this very moment
    desk.trainer().close()
    stamp = path.stat()
    path.write_text(deck_text("d", fact("n1", answer="the N1 person")))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    trainer = desk.trainer()
    card = trainer.store.card(1)
    assert card is not None
    assert getattr(card.note, "answer", "") == "the N1 person"


def test_a_discarded_note_that_returns_is_attached_again(desk: Desk) -> None:
    desk.write("d", *facts(2))
    before = studied(desk)
    desk.write("d", fact("n1"))
    trainer = desk.trainer()
    trainer.store.connection.execute("UPDATE card SET discarded_at = 5 WHERE name = 'd/n2#main'")
    assert trainer.orphans.all() == []
    trainer.close()
    desk.write("d", *facts(2))
    assert states(desk.trainer()) == before


def test_a_card_keeps_its_guid_through_a_rename(desk: Desk) -> None:
    def guids() -> dict[str, str]:
        trainer = desk.trainer()
        rows = trainer.store.connection.execute("SELECT part, guid FROM card").fetchall()
        trainer.close()
        return dict(rows)

    desk.write("d", two_way("old"))
    before = guids()
    desk.write("d", two_way("new") + "\nwas: [old]")
    assert guids() == before
    desk.home.store.unlink()
    assert guids() == before  # a new store finds the same guid by the first name
