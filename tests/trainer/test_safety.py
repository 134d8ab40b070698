"""Backups by hand and by the day, and a backup put back: nothing is lost by it, and nothing is said that is not so."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOON, Desk, fact, facts, rate, take
from quizkorea.core.errors import (
    ChangedElsewhere,
    DataError,
    StoreLocked,
    StoreLost,
    StoreNewer,
    StoreUnreadable,
    UsageError,
)
from quizkorea.core.schedule import Rating
from quizkorea.core.study_day import instant_ms
from quizkorea.store import connection as connection_module
from quizkorea.store import opening
from quizkorea.trainer.doctor import Doctor, Level
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.folders import Home
from quizkorea.trainer.safety import Holdings, Safe

PATIENCE_SECONDS = 60
SEED = int(os.environ.get("QUIZKOREA_SEED", os.getpid()))


def safe_of(desk: Desk, learner: str | None = None) -> Safe:
    return Safe(Home(desk.home.folder, learner), desk.hand.clock().now_ms)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def reasons(desk: Desk) -> list[str]:
    """Why each backup was made, newest first."""
    return [made.reason for made in safe_of(desk).backups()]


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a sound store holds, table by table."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


def studied(desk: Desk, answers: int = 3) -> Desk:
    """A desk whose learner has given some answers."""
    desk.write("d", *facts(60))
    desk.rate_all(Rating.EASY, limit=answers)
    return desk


# --- what a restore would replace ------------------------------------------------------------------------------------

MOVES = st.lists(
    st.sampled_from(["good", "again", "easy", "undo", "day", "new session", "reset", "back up"]), max_size=30
)


class History:
    """A learner who does this and that; what is in the log is also written down here."""

    def __init__(self, root: Path) -> None:
        self.desk = Desk(root)
        self.desk.write("d", *facts(8))
        self.trainer = self.desk.trainer()
        self.session = self.trainer.study()
        self.copies: list[Path] = []

    def do(self, move: str) -> None:
        if move == "back up":
            self.desk.hand.forward(seconds=1)
            self.copies.append(safe_of(self.desk).back_up()[0])
        elif move == "undo":
            with suppress(ChangedElsewhere):  # the card was reset since
                self.session.undo()
        elif move == "reset":
            self.trainer.cards.reset(["d/n1#main"])
        elif move in ("day", "new session"):
            self.desk.hand.forward(days=move == "day", hours=1)
            self.session = self.trainer.study()
        elif self.session.next() is not None:
            self.desk.hand.forward(seconds=5)
            rate(self.session, {"good": Rating.GOOD, "again": Rating.AGAIN, "easy": Rating.EASY}[move])


def live_reviews(store: Path) -> dict[int, tuple[int, str]]:
    """Row id -> (card, study day) of every review that counts."""
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT id, card_key, study_day, kind, undone_at FROM review_log").fetchall()
    return {row[0]: (row[1], row[2]) for row in rows if row[3] == "review" and row[4] is None}


def held(reviews: dict[int, tuple[int, str]]) -> Holdings:
    days = sorted(day for _, day in reviews.values())
    return Holdings(
        len(reviews), len({card for card, _ in reviews.values()}), *((days[0], days[-1]) if days else (None, None))
    )


@settings(max_examples=12)
@given(MOVES, MOVES)
def test_what_a_restore_would_replace_is_counted_right_after_any_history(before: list[str], after: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder) / "desk")
        for move in [*before, "back up", *after, "back up"]:
            history.do(move)
        history.desk.close()
        now = live_reviews(history.desk.home.store)
        for copy in history.copies:
            plan = safe_of(history.desk).plan_restore(str(copy))
            then = live_reviews(copy)
            assert plan.holds == held(then)
            assert plan.replaced == held(now)
            assert plan.lost == held({key: row for key, row in now.items() if key not in then})


def test_a_review_that_counts_in_the_store_and_was_undone_in_the_backup_would_be_lost(desk: Desk) -> None:
    safe = safe_of(studied(desk, answers=1))
    session = desk.trainer().study()
    take(session)
    rate(session, Rating.EASY)
    before, _ = safe.back_up()
    session.undo()
    desk.hand.forward(seconds=1)
    after, _ = safe.back_up()
    desk.close()
    safe.restore(safe.plan_restore(str(before)))
    plan = safe.plan_restore(str(after))
    assert (plan.holds.reviews, plan.replaced and plan.replaced.reviews) == (1, 2)
    assert plan.lost == Holdings(1, 1, "2026-03-02", "2026-03-02")


def test_a_plan_changes_nothing(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    copy, _ = safe.back_up()
    before = {path.name: path.read_bytes() for path in (copy, desk.home.store)}
    listed = names_in(desk.home.backups)
    safe.plan_restore(copy.name)
    assert {path.name: path.read_bytes() for path in (copy, desk.home.store)} == before
    assert names_in(desk.home.backups) == listed


# --- there and back --------------------------------------------------------------------------------------------------


def test_what_was_replaced_can_be_put_back_table_by_table(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    early, holds = safe.back_up()
    assert holds == Holdings(3, 3, "2026-03-02", "2026-03-02")
    desk.hand.forward(days=1)
    with desk.trainer() as trainer:
        trainer.cards.flag(["d/n9#main"], "why?")
        trainer.cards.suspend(["d/n8#main"])
        trainer.store.save_draft(7, "half an answer", 5)
    desk.rate_all(Rating.GOOD, limit=4)
    contents = [dump(early), dump(desk.home.store)]
    kept = safe.restore(safe.plan_restore(str(early)))
    assert dump(desk.home.store) == contents[0]
    assert kept is not None
    assert dump(kept) == contents[1]
    desk.hand.forward(seconds=1)
    again = safe.restore(safe.plan_restore(str(kept)))
    assert dump(desk.home.store) == contents[1]
    assert again is not None
    assert dump(again) == contents[0]
    assert dump(early) == contents[0]


def test_after_a_restore_everything_goes_on(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    early, _ = safe.back_up()
    desk.rate_all(Rating.EASY, limit=5)
    desk.write("d", *facts(61))
    safe.restore(safe.plan_restore(early.name))
    with desk.trainer() as trainer:
        assert trainer.overview().answered_today == 3
        assert trainer.overview().decks[0].cards == 61
        session = trainer.study()
        take(session)
        rate(session, Rating.EASY)
        assert trainer.overview().answered_today == 4
    levels = {line.level for line in Doctor(desk.trainer()).examine() if "free on its disk" not in line.text}
    assert levels == {Level.FINE}


def merge(desk: Desk, trainer: Trainer) -> None:
    desk.write("d", fact("n2", more="was: [n1]"), *facts(12)[2:])
    trainer.sync()


def rename_orphan(desk: Desk, trainer: Trainer) -> None:
    trainer.orphans.rename("d/gone", "d/n9", trainer.clock.now_ms())


def delete_orphans(desk: Desk, trainer: Trainer) -> None:
    trainer.orphans.delete(trainer.orphans.choose([]), trainer.clock.now_ms())


def reset_many(desk: Desk, trainer: Trainer) -> None:
    trainer.cards.reset(["d/n1#main", "d/n2#main"])


def rebuild(desk: Desk, trainer: Trainer) -> None:
    Doctor(trainer).rebuild()


BULK = {
    "before-merge": merge,
    "before-orphans": rename_orphan,
    "before-orphans ": delete_orphans,
    "before-rescheduling": reset_many,
    "before-rebuild": rebuild,
}


@pytest.mark.parametrize("reason", BULK)
def test_every_bulk_action_can_be_taken_back_by_the_backup_made_before_it(desk: Desk, reason: str) -> None:
    desk.write("d", fact("gone"), *facts(12))
    desk.rate_all(Rating.EASY, limit=10)
    desk.write("d", *facts(12))
    with desk.trainer() as trainer:
        before = dump(desk.home.store)
        BULK[reason](desk, trainer)
        after = dump(desk.home.store)
    (made,) = safe_of(desk).backups()
    assert made.reason == reason.strip()
    assert dump(safe_of(desk).path_of(made)) == before
    assert (after != before) == (reason != "before-rebuild")
    safe_of(desk).restore(safe_of(desk).plan_restore(made.name))
    assert dump(desk.home.store) == before


def test_a_backup_of_an_older_version_is_put_back_and_brought_up_to_date(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = safe_of(studied(desk))
    old, _ = safe.back_up()
    steps = (*opening.MIGRATIONS, "CREATE TABLE extra (id INTEGER);")
    monkeypatch.setattr(opening, "MIGRATIONS", steps)
    for module in (opening, connection_module):
        monkeypatch.setattr(module, "SCHEMA_VERSION", len(steps))
    desk.rate_all(Rating.EASY, limit=2)
    plan = safe.plan_restore(str(old))
    assert (plan.holds.reviews, plan.replaced and plan.replaced.reviews, plan.lost and plan.lost.reviews) == (3, 5, 2)
    kept = safe.restore(plan)
    with desk.trainer() as trainer:
        assert trainer.overview().answered_today == 3
    assert "extra" in dump(desk.home.store)
    monkeypatch.undo()
    assert kept is not None
    with pytest.raises(StoreNewer):
        safe.plan_restore(str(kept))


# --- what must not happen --------------------------------------------------------------------------------------------


def test_a_restore_is_refused_while_another_program_has_the_store_open(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    early, _ = safe.back_up()
    with desk.trainer() as trainer:
        session = trainer.study()
        take(session)
        rate(session, Rating.EASY)
        parts = [desk.home.store, desk.home.store.with_name("quizkorea.db-wal")]
        before = [part.read_bytes() for part in parts]
        with pytest.raises(StoreLocked, match="nothing was restored"):
            safe.restore(safe.plan_restore(str(early)))
        assert [part.read_bytes() for part in parts] == before
        take(session)
        rate(session, Rating.EASY)
        assert session.undo() is not None
        assert trainer.overview().answered_today == 4
    assert safe.restore(safe.plan_restore(str(early))) is not None
    assert len(live_reviews(desk.home.store)) == 3


def test_a_restore_that_is_refused_leaves_no_backup_behind(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    early, _ = safe.back_up()
    with desk.trainer():
        before = names_in(desk.home.backups)
        with pytest.raises(StoreLocked):
            safe.restore(safe.plan_restore(str(early)))
        assert names_in(desk.home.backups) == before


def test_what_is_answered_while_the_learner_decides_is_kept(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    plan = safe.plan_restore(str(safe.back_up()[0]))
    desk.rate_all(Rating.EASY, limit=2)
    kept = safe.restore(plan)
    assert kept is not None
    assert len(live_reviews(kept)) == 5


def test_a_store_made_while_the_learner_decides_is_kept(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(safe_of(studied(desk)).back_up()[0], copy)
    desk.home.store.unlink()
    plan = safe_of(desk).plan_restore(str(copy))
    desk.rate_all(Rating.EASY, limit=2)
    kept = safe_of(desk).restore(plan)
    assert kept is not None
    assert len(live_reviews(kept)) == 2


def test_a_copy_that_was_not_made_is_not_spoken_of(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    plan = safe.plan_restore(str(safe.back_up()[0]))
    desk.home.store.unlink()
    kept = safe.restore(plan)
    assert kept is None or kept.exists()


@pytest.mark.parametrize("way", ["by its path", "round a corner", "by a symbolic link", "by a hard link"])
def test_the_store_is_no_backup_of_itself(desk: Desk, tmp_path: Path, way: str) -> None:
    store = studied(desk).home.store
    ways = {"by its path": store, "round a corner": store.parent / ".." / "home" / store.name}
    name = ways.get(way, tmp_path / "link.db")
    if way == "by a symbolic link":
        name.symlink_to(store)
    elif way == "by a hard link":
        os.link(store, name)
    before = store.read_bytes()
    with pytest.raises(UsageError, match="the store itself"):
        safe_of(desk).plan_restore(str(name))
    assert store.read_bytes() == before


def test_a_newer_store_is_never_replaced(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    copy, _ = safe.back_up()
    with closing(sqlite3.connect(desk.home.store)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = desk.home.store.read_bytes()
    with pytest.raises(StoreNewer, match="left untouched"):
        safe.plan_restore(str(copy))
    with pytest.raises(StoreNewer):
        safe.back_up()
    assert desk.home.store.read_bytes() == before


def test_where_there_is_no_store_there_is_nothing_to_back_up_and_nothing_is_made(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no store"):
        safe_of(desk).back_up()
    assert not desk.home.folder.exists()


def emptied(store: Path) -> None:
    store.write_bytes(b"")


def never_finished(store: Path) -> None:
    """As a first start leaves it that was killed before its first transaction."""
    store.unlink()
    connection_module.open_connection(store).close()


@pytest.mark.parametrize("harm", [emptied, never_finished])
def test_what_cannot_be_put_back_takes_no_name_of_a_backup(desk: Desk, harm: Callable[[Path], None]) -> None:
    harm(studied(desk).home.store)
    with pytest.raises((DataError, UsageError)):
        safe_of(desk).back_up()
    assert safe_of(desk).backups() == []


# --- a damaged store -------------------------------------------------------------------------------------------------


def as_garbage(store: Path) -> None:
    store.write_bytes(b"no database" * 1_000)


def cut_in_half(store: Path) -> None:
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])


def with_spoilt_pages(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        roots = [row[0] for row in connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'review_log'")]
    content = store.read_bytes()
    begin = (roots[0] - 1) * 4_096
    store.write_bytes(content[:begin] + b"\xa5" * 4_096 + content[begin + 4_096 :])


def of_another_program(store: Path) -> None:
    store.unlink()
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


@pytest.mark.parametrize("harm", [as_garbage, cut_in_half, with_spoilt_pages])
def test_a_restore_mends_a_damaged_store_and_keeps_its_bytes(desk: Desk, harm: Callable[[Path], None]) -> None:
    safe = safe_of(studied(desk))
    copy, _ = safe.back_up()
    wanted = dump(copy)
    harm(desk.home.store)
    before = desk.home.store.read_bytes()
    plan = safe.plan_restore(str(copy))
    assert (plan.has_store, plan.replaced, plan.lost) == (True, None, None)
    kept = safe.restore(plan)
    assert kept is not None
    assert kept.read_bytes() == before
    assert kept.name not in [made.name for made in safe.backups()]
    assert dump(desk.home.store) == wanted
    desk.rate_all(Rating.EASY, limit=2)
    assert len(live_reviews(desk.home.store)) == 5


def test_damage_that_only_a_whole_reading_finds_does_not_stop_a_restore(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    copy, _ = safe.back_up()
    with closing(sqlite3.connect(desk.home.store)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'note'").fetchone()
    content = desk.home.store.read_bytes()
    desk.home.store.write_bytes(content[: (root - 1) * 4_096] + b"\xa5" * 4_096 + content[root * 4_096 :])
    before = desk.home.store.read_bytes()
    kept = safe.restore(safe.plan_restore(str(copy)))
    assert kept is not None
    assert kept.read_bytes() == before
    assert dump(desk.home.store) == dump(copy)
    assert [path.name for path in desk.home.backups.iterdir() if path.name.startswith(".")] == []


def test_the_log_of_a_damaged_store_is_kept_beside_it(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    copy, _ = safe.back_up()
    as_garbage(desk.home.store)
    desk.home.store.with_name("quizkorea.db-wal").write_bytes(b"what a killed program left")
    kept = safe.restore(safe.plan_restore(str(copy)))
    assert kept is not None
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"what a killed program left"
    assert dump(desk.home.store) == dump(copy)


def test_two_damaged_stores_of_one_moment_are_both_kept(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    copy, _ = safe.back_up()
    kept = []
    for content in (b"first" * 1_000, b"second" * 1_000):
        desk.home.store.write_bytes(content)
        kept.append(safe.restore(safe.plan_restore(str(copy))))
    assert [path and path.read_bytes()[:5] for path in kept] == [b"first", b"secon"]


# Like the one in the tests of the store: one child a line of input, killed after so many seconds.
VICTIM = """
import json, os, select, signal, sys
from pathlib import Path
from time import monotonic
from quizkorea.trainer.folders import Home
from quizkorea.trainer.safety import Safe
for line in sys.stdin:
    home, backup, seconds = json.loads(line)
    ear, mouth = os.pipe()
    begun = monotonic()
    child = os.fork()
    if not child:
        try:
            safe = Safe(Home(Path(home)), lambda: int(monotonic() * 1000))
            safe.restore(safe.plan_restore(backup))
        except BaseException as error:
            sys.stderr.write(repr(error))
            os._exit(1)
        os._exit(0)
    os.close(mouth)
    select.select([ear], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    os.close(ear)
    print(json.dumps([monotonic() - begun, os.waitstatus_to_exitcode(status)]), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system neither forks nor has SIGKILL")
@pytest.mark.parametrize("harm", [None, as_garbage, with_spoilt_pages])
def test_whenever_a_restore_is_killed_the_old_store_or_its_bytes_are_still_there(
    desk: Desk, harm: Callable[[Path], None] | None
) -> None:
    chance = random.Random(SEED)
    print(f"QUIZKOREA_SEED={SEED}")
    copy, _ = safe_of(studied(desk)).back_up()
    desk.rate_all(Rating.EASY, limit=9)
    (harm or Path.exists)(desk.home.store)
    old, wanted, killed = desk.home.store.read_bytes(), dump(copy), 0
    old_dump = None if harm else dump(desk.home.store)
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", VICTIM], stdin=pipe, stdout=pipe, text=True) as victims:
        assert victims.stdin and victims.stdout
        seconds = float(PATIENCE_SECONDS)
        for number in range(16):
            for path in [*desk.home.folder.glob("quizkorea.db*"), *desk.home.backups.glob("*-damaged-*")]:
                path.unlink()
            desk.home.store.write_bytes(old)
            limit = chance.uniform(0, 1.1 * seconds) if number else seconds  # the first one is let be
            victims.stdin.write(json.dumps([str(desk.home.folder), str(copy), limit]) + "\n")
            victims.stdin.flush()
            took, code = json.loads(victims.stdout.readline())
            seconds, killed = seconds if code else min(seconds, took), killed + (code != 0)
            assert_old_or_new(desk, old, old_dump, wanted)
    assert killed > 3
    safe_of(desk).restore(safe_of(desk).plan_restore(str(copy)))
    assert dump(desk.home.store) == wanted


def assert_old_or_new(desk: Desk, old: bytes, old_dump: object, wanted: object) -> None:
    """The store is as it was, or as the backup; or its bytes are kept beside and it is empty or as the backup."""
    if old_dump is not None:
        assert dump(desk.home.store) in (old_dump, wanted)
    elif desk.home.store.read_bytes() != old:
        (kept,) = desk.home.backups.glob("*-damaged-*.db")
        assert kept.read_bytes() == old
        assert not desk.home.store.stat().st_size or dump(desk.home.store) in (wanted, {})
    for made in safe_of(desk).backups():
        assert dump(safe_of(desk).path_of(made))


# --- once a day ------------------------------------------------------------------------------------------------------


def test_the_first_session_of_a_day_backs_up_what_is_there(desk: Desk) -> None:
    desk.write("d", *facts(60))
    trainer = desk.trainer()
    rate_one(trainer)
    assert reasons(desk) == [], "before the first answer there was nothing to back up"
    rate_one(trainer)
    rate_one(trainer)
    assert reasons(desk) == ["daily"]
    desk.hand.forward(days=1)
    rate_one(trainer)
    assert reasons(desk) == ["daily", "daily"]
    held = [len(live_reviews(safe_of(desk).path_of(made))) for made in safe_of(desk).backups()]
    assert held == [3, 1]
    assert trainer.take_notices() == []


def rate_one(trainer: Trainer) -> None:
    session = trainer.study()
    take(session)
    rate(session, Rating.EASY)


def test_looking_at_what_is_due_makes_no_backup(desk: Desk) -> None:
    studied(desk)
    desk.hand.forward(days=1)
    with desk.trainer() as trainer:
        trainer.overview()
        trainer.sync()
        trainer.flags()
    assert reasons(desk) == []


def test_a_backup_that_cannot_be_made_stops_no_session_and_is_said_once(desk: Desk) -> None:
    studied(desk)
    desk.home.backups.write_text("a file in its place")
    desk.hand.forward(days=1)
    trainer = desk.trainer()
    rate_one(trainer)
    (said,) = trainer.take_notices()
    assert said.startswith("Today's backup ")
    assert str(desk.home.backups) in said
    assert trainer.take_notices() == []
    assert len(live_reviews(desk.home.store)) == 4
    assert desk.home.backups.read_text() == "a file in its place"


def test_an_odd_file_among_the_backups_stops_no_session(desk: Desk) -> None:
    studied(desk)
    desk.home.backups.mkdir()
    (desk.home.backups / "quizkorea-20261399T000000Z-daily.db").write_text("whose?")
    rate_one(desk.trainer())
    assert len(live_reviews(desk.home.store)) == 4


def test_an_old_backup_that_cannot_be_deleted_stops_no_session(desk: Desk) -> None:
    studied(desk)
    (desk.home.backups / "quizkorea-20200101T000000Z-daily.db").mkdir(parents=True)
    desk.hand.forward(days=1)
    trainer = desk.trainer()
    trainer.study()
    assert reasons(desk)[0] == "daily"
    assert trainer.take_notices() == []


# --- learners, and other programs ------------------------------------------------------------------------------------


def test_each_learner_has_backups_of_their_own(desk: Desk) -> None:
    desk.write("d", *facts(20))
    for learner, answers in ((None, 1), ("kim", 2), ("Ann-Lee 2.0", 3)):
        desk.home = Home(desk.home.folder, learner)
        desk.rate_all(Rating.EASY, limit=answers)
        copy, holds = safe_of(desk, learner).back_up()
        assert (holds.reviews, copy.parent.name) == (answers, learner or "backups")
        assert copy.name == f"{learner or 'quizkorea'}-20260302T120000Z-by-hand.db"
    for learner in (None, "kim", "Ann-Lee 2.0"):
        assert [made.reason for made in safe_of(desk, learner).backups()] == ["by-hand"]
        (made,) = safe_of(desk, learner).backups()
        assert safe_of(desk, learner).plan_restore(made.name).lost == Holdings(0, 0, None, None)
    assert safe_of(desk, "lee").backups() == []


def test_what_is_restored_for_one_learner_leaves_the_others_alone(desk: Desk) -> None:
    studied(desk)
    ours = dump(desk.home.store)
    desk.home = Home(desk.home.folder, "kim")
    desk.rate_all(Rating.EASY, limit=2)
    early, _ = safe_of(desk, "kim").back_up()
    desk.rate_all(Rating.EASY, limit=2)
    kept = safe_of(desk, "kim").restore(safe_of(desk, "kim").plan_restore(str(early)))
    assert kept is not None
    assert kept.parent == desk.home.folder / "backups" / "kim"
    assert len(live_reviews(desk.home.store)) == 2
    assert dump(desk.home.folder / "quizkorea.db") == ours


def test_a_session_goes_on_while_another_program_backs_up(desk: Desk) -> None:
    studied(desk, answers=1)
    trainer = desk.trainer()
    session = trainer.study()
    for number in range(2, 6):
        take(session)
        copy, holds = safe_of(desk).back_up()
        assert holds.reviews == number - 1
        rate(session, Rating.EASY)
        assert len(live_reviews(copy)) == number - 1
    assert session.undo() is not None
    assert len(live_reviews(desk.home.store)) == 4


def lost_store(desk: Desk) -> StoreLost:
    """What is said when a store is deleted under a session."""
    session = desk.trainer().study()
    take(session)
    desk.home.store.unlink()
    with pytest.raises(StoreLost) as lost:
        rate(session, Rating.EASY)
    desk.close()
    return lost.value


def test_a_rescued_store_is_put_back_with_its_last_answer(desk: Desk) -> None:
    said = lost_store(studied(desk)).hint
    name = said.removeprefix("Bring it back with: quizkorea restore ")
    plan = safe_of(desk).plan_restore(name)
    assert (plan.has_store, plan.holds.reviews) == (False, 4)
    assert safe_of(desk).restore(plan) is None
    assert len(live_reviews(desk.home.store)) == 4
    desk.rate_all(Rating.EASY, limit=1)
    assert len(live_reviews(desk.home.store)) == 5


def test_the_command_that_brings_a_rescued_store_back_names_its_learner(desk: Desk) -> None:
    desk.home = Home(desk.home.folder, "kim")
    assert "--learner kim" in lost_store(studied(desk)).hint


# --- where a backup is looked for ------------------------------------------------------------------------------------


def test_a_backup_is_found_by_its_path_or_by_its_name_alone(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    copy, _ = safe.back_up()
    for name in (str(copy), copy.name, f"../desk/home/backups/{copy.name}"):
        assert safe.plan_restore(name).holds.reviews == 3
    with pytest.raises(StoreUnreadable, match="no backup nosuch"):
        safe.plan_restore("nosuch.db")


def test_backups_are_listed_newest_first_with_their_reasons(desk: Desk) -> None:
    safe = safe_of(studied(desk))
    for _ in range(3):
        desk.hand.forward(hours=1)
        safe.back_up()
    made = safe.backups()
    noon = instant_ms(NOON)
    assert [(one.at_ms - noon) // 3_600_000 for one in made] == [3, 2, 1]
    assert {one.reason for one in made} == {"by-hand"}


def test_a_database_of_another_program_is_not_replaced(desk: Desk) -> None:
    copy, _ = safe_of(studied(desk)).back_up()
    of_another_program(desk.home.store)
    before = desk.home.store.read_bytes()
    with pytest.raises(StoreUnreadable, match="another program"):
        safe_of(desk).restore(safe_of(desk).plan_restore(str(copy)))
    assert desk.home.store.read_bytes() == before
