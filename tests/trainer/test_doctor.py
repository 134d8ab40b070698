"""The doctor: each kind of finding provoked once, what is advised, and that looking changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest

from builders import NOON, Desk, fact, facts, rate, take
from quizkorea.core.errors import DataError, StoreNewer
from quizkorea.core.schedule import Rating
from quizkorea.store.connection import open_connection
from quizkorea.trainer import doctor as doctor_module
from quizkorea.trainer.doctor import LEAST_ROOM, Doctor, Level, Line
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.folders import Home
from quizkorea.trainer.places import NETWORK_FILE_SYSTEMS, file_system_of, free_bytes, is_writable, synced_by
from quizkorea.trainer.safety import Safe
from quizkorea.trainer.settings import Settings

LOCAL = "/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n"


@pytest.fixture(autouse=True)
def _a_local_disk_with_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_module, "read_mounts", lambda: LOCAL)
    monkeypatch.setattr(doctor_module, "free_bytes", lambda _folder: 10_000_000_000)


def trainer_of(desk: Desk, **other: object) -> Trainer:
    """A trainer that is not open yet."""
    chosen = Settings(**(desk.settings | other))  # type: ignore[arg-type]
    return Trainer(desk.home, (desk.decks,), chosen, desk.hand.clock())


def examined(desk: Desk, **other: object) -> list[Line]:
    return list(Doctor(trainer_of(desk, **other)).examine())


def findings(desk: Desk, **other: object) -> list[Line]:
    """The lines that say that something should be done."""
    return [line for line in examined(desk, **other) if line.level is not Level.FINE]


def the_finding(desk: Desk) -> Line:
    (line,) = findings(desk)
    return line


def back_up(desk: Desk) -> Path:
    return Safe(desk.home, desk.hand.clock().now_ms).back_up()[0]


def studied(desk: Desk, answers: int = 5) -> Desk:
    desk.write("d", *facts(20))
    desk.rate_all(Rating.EASY, limit=answers)
    return desk


def change(store: Path, *statements: str) -> None:
    """Change a store behind the program's back; keys are not guarded."""
    with closing(sqlite3.connect(store)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def texts(lines: list[Line]) -> str:
    return "\n".join(f"{line.text} {line.advice}" for line in lines)


def said_of(desk: Desk) -> str:
    """What the doctor says of a store, also where it has to stop."""
    said = []
    try:
        said.extend(f"{line.text} {line.advice}" for line in Doctor(trainer_of(desk)).examine())
    except DataError as error:
        said.append(str(error))
    return "\n".join(said)


# --- when all is well ------------------------------------------------------------------------------------------------


def test_a_home_that_is_not_there_yet_is_fine_and_stays_away(desk: Desk) -> None:
    assert findings(desk) == []
    assert "it is made when you first study" in texts(examined(desk))
    assert not desk.home.folder.exists()


def test_a_store_in_order_is_looked_at_from_every_side(desk: Desk) -> None:
    studied(desk)
    back_up(desk)
    assert findings(desk) == []
    said = texts(examined(desk))
    for part in (
        str(desk.home.folder),
        "10.0 GB are free",
        "1 backup; the newest, quizkorea-20260302T120000Z-by-hand.db, is sound",
        "is whole",
        "5 reviews of 5 cards from 2026-03-02 to 2026-03-02.",
        "scheduled as its log says",
        "no orphans",
    ):
        assert part in said


def test_a_store_before_its_first_answer_needs_no_backup(desk: Desk) -> None:
    studied(desk, answers=0)
    assert findings(desk) == []
    assert "nothing to back up" in texts(examined(desk))


def lively(desk: Desk) -> None:
    """A history with all that a history may hold."""
    desk.write("d", *facts(8))
    desk.write("e", *facts(3, "e"))
    desk.rate_all(Rating.GOOD)
    desk.hand.forward(days=4)
    trainer = desk.trainer()
    session = trainer.study()
    for rating in (Rating.AGAIN, Rating.HARD, Rating.AGAIN, Rating.EASY):
        desk.hand.forward(minutes=7)
        if session.next() is not None:
            rate(session, rating)
    session.undo()
    session.undo()
    rate(session, Rating.GOOD)
    trainer.cards.reset(["d/n2#main", "d/n3#main"])
    trainer.cards.set_due(["d/n4#main", "d/n8#main"], date(2026, 5, 1))
    trainer.cards.reset(["d/n5#main"])
    trainer.cards.undo()
    trainer.close()
    desk.write("d", *facts(8)[:6], fact("n8", more="was: [n7]"))
    desk.write("e", *facts(2, "e"), fact("e4", more="was: [e3]"))
    desk.hand.now -= timedelta(hours=20)
    desk.hand.zone = timezone(timedelta(hours=-9))
    desk.rate_all(Rating.AGAIN, limit=4)
    desk.hand.forward(days=9)
    desk.rate_all(Rating.GOOD, limit=9)


def test_after_undo_reset_due_day_merge_and_a_clock_set_back_every_state_is_as_its_log_says(desk: Desk) -> None:
    lively(desk)
    with closing(sqlite3.connect(desk.home.store)) as connection:
        kinds = {row[0] for row in connection.execute("SELECT kind FROM review_log")}
        assert kinds == {"review", "reset", "set due"}
        for what in ("card WHERE merged_into IS NOT NULL", "review_log WHERE undone_at IS NOT NULL"):
            assert connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0] > 0
    assert findings(desk) == []
    with trainer_of(desk) as trainer:
        assert Doctor(trainer).rebuild() == 0


@pytest.mark.parametrize(
    "other",
    [
        {"learning_steps": ()},
        {"learning_steps": (60, 600, 3_600), "relearning_steps": ()},
        {"desired_retention": 0.8, "maximum_interval": 20, "rollover_hour": 0},
    ],
)
def test_other_settings_are_no_disagreement_between_states_and_log(desk: Desk, other: dict[str, object]) -> None:
    lively(desk)
    assert findings(desk, **other) == []


# --- states and the log ----------------------------------------------------------------------------------------------

SPOILT = {
    "state": "state = 3",
    "step": "step = 1",
    "stability": "stability = stability * 1.01",
    "no stability": "stability = NULL",
    "difficulty": "difficulty = difficulty + 0.01",
    "due day": "due_day = '2026-04-01'",
    "due time": "due_ms = 5",
    "last day": "last_day = '2026-03-01'",
    "last time": "last_ms = last_ms - 1",
    "reviews": "reviews = reviews + 1",
    "lapses": "lapses = 1",
}


def states(desk: Desk) -> dict[int, tuple[object, ...]]:
    """Card key -> its state with the revision last."""
    with closing(sqlite3.connect(desk.home.store)) as connection:
        return {row[0]: row[1:] for row in connection.execute("SELECT * FROM card_state ORDER BY card_key")}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_state_that_is_not_what_its_log_says_is_found_and_mended(desk: Desk, spoilt: str) -> None:
    studied(desk)
    before = states(desk)
    change(desk.home.store, f"UPDATE card_state SET {SPOILT[spoilt]} WHERE card_key = 2")
    line = the_finding(desk)
    assert line.text == "1 card is scheduled otherwise than the log says."
    assert line.advice == "Run: quizkorea doctor --rebuild"
    assert Doctor(trainer_of(desk)).rebuild() == 1
    after = states(desk)
    assert {key: row[:-1] for key, row in after.items()} == {key: row[:-1] for key, row in before.items()}
    raised = {key: after[key][-1] - before[key][-1] for key in after}  # type: ignore[operator]
    assert raised == {key: int(key == 2) for key in before}
    assert findings(desk) == []


def merged(desk: Desk) -> str:
    desk.write("d", *facts(20)[:2], fact("n4", more="was: [n3]"), *facts(20)[4:])
    desk.trainer().close()
    return "d/n4#main"


def undone(desk: Desk) -> str:
    session = desk.trainer().study()
    name = take(session).name
    rate(session, Rating.EASY)
    session.undo()
    desk.close()
    return name


def reset(desk: Desk) -> str:
    with desk.trainer() as trainer:
        trainer.cards.reset(["d/n2#main"])
    return "d/n2#main"


@pytest.mark.parametrize("kind", [merged, undone, reset])
@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE card_state SET state = 2, due_day = '2030-01-01', reviews = 9, stability = 7.5, difficulty = 5.0",
        "DELETE FROM card_state",
    ],
)
def test_a_spoilt_state_of_a_card_with_a_past_is_mended_by_its_whole_log(
    desk: Desk, kind: Callable[[Desk], str], spoil: str
) -> None:
    studied(desk)
    name = kind(desk)
    before = states(desk)
    change(desk.home.store, f"{spoil} WHERE card_key = (SELECT key FROM card WHERE name = '{name}')")
    # without a row a card counts as new: for one whose only review was undone that is what its log says
    is_wrong = kind is not undone or spoil.startswith("UPDATE")
    assert len(findings(desk)) == is_wrong
    assert Doctor(trainer_of(desk)).rebuild() == is_wrong
    after = states(desk)
    if is_wrong:
        assert {key: row[:-1] for key, row in after.items()} == {key: row[:-1] for key, row in before.items()}
    assert findings(desk) == []


def test_the_state_of_a_card_that_was_merged_away_is_no_finding(desk: Desk) -> None:
    studied(desk)
    merged(desk)
    change(
        desk.home.store,
        "UPDATE card_state SET reviews = 9 WHERE card_key = (SELECT key FROM card WHERE merged_into IS NOT NULL)",
    )
    assert findings(desk) == []


def test_a_state_without_any_review_is_taken_back_to_new(desk: Desk) -> None:
    studied(desk)
    change(
        desk.home.store,
        "INSERT INTO card_state VALUES (19, 2, NULL, 5.0, 5.0, '2026-03-02', NULL, '2026-03-01', 5, 1, 0, 7)",
    )
    assert the_finding(desk).text.startswith("1 card is")
    assert Doctor(trainer_of(desk)).rebuild() == 1
    assert states(desk)[19] == (0, None, None, None, None, None, None, None, 0, 0, 8)
    assert desk.trainer().overview().new == 15


def test_a_rebuild_backs_up_first_and_a_second_one_finds_nothing(desk: Desk) -> None:
    studied(desk)
    change(desk.home.store, "DELETE FROM card_state WHERE card_key > 2")
    spoilt = states(desk)
    desk.hand.forward(seconds=1)
    assert Doctor(trainer_of(desk)).rebuild() == 3
    mended = states(desk)
    safe = Safe(desk.home, desk.hand.clock().now_ms)
    (made,) = safe.backups()
    assert made.reason == "before-rebuild"
    with closing(sqlite3.connect(safe.path_of(made))) as connection:
        assert {row[0] for row in connection.execute("SELECT card_key FROM card_state")} == set(spoilt)
    assert Doctor(trainer_of(desk)).rebuild() == 0
    assert states(desk) == mended


def test_a_session_that_shows_a_card_while_it_is_rebuilt_loses_no_answer(desk: Desk) -> None:
    desk.write("d", *facts(1))
    desk.rate_all(Rating.EASY)
    desk.hand.forward(days=40)
    session = desk.trainer().study()
    take(session)
    change(desk.home.store, "UPDATE card_state SET reviews = 77")
    assert Doctor(trainer_of(desk)).rebuild() == 1
    rate(session, Rating.GOOD)
    desk.close()
    assert findings(desk) == [] or "backup" in the_finding(desk).text
    assert states(desk)[1][8] == 2


def test_a_log_row_that_makes_no_sense_is_damage_and_a_state_that_makes_none_is_mended(desk: Desk) -> None:
    studied(desk)
    change(desk.home.store, "UPDATE card_state SET due_day = '2026-02-30'")
    assert "scheduled otherwise than the log says" in said_of(desk)
    assert Doctor(trainer_of(desk)).rebuild() == 5
    change(desk.home.store, "UPDATE review_log SET study_day = 'x'")
    assert "damaged" in said_of(desk)


# --- damage ----------------------------------------------------------------------------------------------------------


def spoil_page_of(store: Path, name: str) -> None:
    with closing(sqlite3.connect(store)) as connection:
        asked = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,))
        (root,) = asked.fetchone()
    content = store.read_bytes()
    store.write_bytes(content[: (root - 1) * 4_096] + b"\xa5" * 4_096 + content[root * 4_096 :])


def with_a_spoilt_index(store: Path) -> None:
    spoil_page_of(store, "ix_review_log_card")


def with_pages_that_nothing_uses(store: Path) -> None:
    change(store, "PRAGMA writable_schema = ON", "DELETE FROM sqlite_schema WHERE name = 'ix_card_guid'")


def with_lost_cards(store: Path) -> None:
    change(store, "DELETE FROM card WHERE key = 1")


def with_a_spoilt_log(store: Path) -> None:
    spoil_page_of(store, "review_log")


def cut_in_half(store: Path) -> None:
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])


def as_garbage(store: Path) -> None:
    store.write_bytes(b"no database" * 1_000)


STEPPED_OVER = [with_pages_that_nothing_uses, with_lost_cards]
UNREADABLE = [with_a_spoilt_index, with_a_spoilt_log, cut_in_half, as_garbage]


@pytest.mark.parametrize("harm", STEPPED_OVER)
def test_damage_is_a_problem_with_a_cure(desk: Desk, harm: Callable[[Path], None]) -> None:
    studied(desk)
    back_up(desk)
    harm(desk.home.store)
    line = the_finding(desk)
    assert line.level == Level.PROBLEM
    assert line.text.startswith("The store is damaged: ")
    assert "restore" in line.advice
    assert "1 backup; the newest" in texts(examined(desk))


def test_lost_references_are_named_in_words(desk: Desk) -> None:
    with_lost_cards(studied(desk).home.store)
    (line,) = [line for line in findings(desk) if line.level == Level.PROBLEM]
    assert "a row of review_log points to a card that is not there (3 findings)" in line.text


@pytest.mark.parametrize("harm", UNREADABLE)
def test_a_store_that_cannot_be_read_is_said_to_be_damaged_with_a_cure(
    desk: Desk, harm: Callable[[Path], None]
) -> None:
    studied(desk)
    back_up(desk)
    harm(desk.home.store)
    said = said_of(desk)
    assert "is damaged" in said
    assert "restore" in said


@pytest.mark.parametrize("harm", UNREADABLE)
def test_beside_a_store_that_cannot_be_read_the_backups_are_looked_at(desk: Desk, harm: Callable[[Path], None]) -> None:
    studied(desk)
    newest = back_up(desk)
    harm(desk.home.store)
    assert newest.name in said_of(desk)


@pytest.mark.parametrize("harm", [*STEPPED_OVER, *UNREADABLE])
@pytest.mark.parametrize("log", ["without a log", "beside a log"])
def test_looking_at_a_damaged_store_changes_no_byte(desk: Desk, harm: Callable[[Path], None], log: str) -> None:
    studied(desk)
    left = b""
    if log == "beside a log":
        with closing(open_connection(desk.home.store)) as connection:
            connection.execute("UPDATE meta SET created_ms = 5")
            left = desk.home.store.with_name("quizkorea.db-wal").read_bytes()
    harm(desk.home.store)
    if left:
        desk.home.store.with_name("quizkorea.db-wal").write_bytes(left)
    before = {path.name: path.read_bytes() for path in desk.home.folder.glob("*.db*") if path.suffix != ".db-shm"}
    desk.write("d", *facts(30))  # which a sound store would take up
    assert "damaged" in said_of(desk)
    after = {path.name: path.read_bytes() for path in desk.home.folder.glob("*.db*") if path.suffix != ".db-shm"}
    assert {name: content for name, content in after.items() if content or name in before} == before


@pytest.mark.parametrize("harm", UNREADABLE)
def test_a_store_that_cannot_be_read_is_not_rebuilt(desk: Desk, harm: Callable[[Path], None]) -> None:
    studied(desk)
    harm(desk.home.store)
    before = desk.home.store.read_bytes()
    with pytest.raises(DataError, match="damaged"):
        Doctor(trainer_of(desk)).rebuild()
    assert desk.home.store.read_bytes() == before


def test_a_newer_store_is_refused_and_left_as_it_is(desk: Desk) -> None:
    studied(desk)
    change(desk.home.store, "PRAGMA user_version = 99")
    before = desk.home.store.read_bytes()
    for look in (lambda: examined(desk), lambda: Doctor(trainer_of(desk)).rebuild()):
        with pytest.raises(StoreNewer, match="newer quizkorea"):
            look()
    assert desk.home.store.read_bytes() == before


def test_a_first_start_that_was_cut_short_is_no_damage(desk: Desk) -> None:
    desk.home.folder.mkdir(parents=True)
    open_connection(desk.home.store).close()
    assert findings(desk) == []


# --- backups ---------------------------------------------------------------------------------------------------------


def test_a_first_day_without_a_backup_is_fine_and_a_second_one_is_not(desk: Desk) -> None:
    studied(desk)
    assert findings(desk) == []
    desk.hand.forward(days=1)
    assert the_finding(desk) == Line(Level.ADVICE, "There is no backup yet.", "Run: quizkorea backup")


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (7, False), (8, True), (400, True)])
def test_a_backup_of_more_than_a_week_ago_is_old(desk: Desk, days: int, is_old: bool) -> None:
    studied(desk)
    back_up(desk)
    desk.hand.forward(days=days, minutes=1)
    found = findings(desk)
    assert len(found) == is_old
    for line in found:
        assert (line.level, line.advice) == (Level.ADVICE, "Run: quizkorea backup")
        assert f"is sound and {days} days old" in line.text


def newer_version(path: Path) -> None:
    change(path, "PRAGMA user_version = 99")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "harm",
    [
        *UNREADABLE,
        with_pages_that_nothing_uses,
        newer_version,
        as_folder,
        pytest.param(emptied),
    ],
)
def test_a_newest_backup_that_cannot_be_used_is_a_problem(desk: Desk, harm: Callable[[Path], None]) -> None:
    studied(desk)
    back_up(desk)
    desk.hand.forward(minutes=1)
    newest = back_up(desk)
    harm(newest)
    line = the_finding(desk)
    assert line.level == Level.PROBLEM
    assert line.text.startswith("The newest backup cannot be used: ")
    assert newest.name in line.text
    assert line.advice == "Run: quizkorea backup"
    desk.hand.forward(minutes=1)
    back_up(desk)
    assert findings(desk) == []


def test_a_newest_backup_from_the_future_is_a_finding(desk: Desk) -> None:
    studied(desk)
    desk.hand.forward(days=1_000)
    back_up(desk)
    desk.hand.now = NOON
    assert findings(desk) != []


def test_a_store_that_is_gone_while_its_backups_are_there_is_a_finding(desk: Desk) -> None:
    studied(desk)
    back_up(desk)
    desk.home.store.unlink()
    assert "restore" in texts(findings(desk))


def test_a_folder_of_backups_that_cannot_be_made_is_a_finding(desk: Desk) -> None:
    studied(desk)
    desk.home.backups.write_text("a file in its place")
    assert findings(desk) != []


def test_when_the_first_backup_will_be_made_is_said_right(desk: Desk) -> None:
    studied(desk)
    said = texts(examined(desk))
    desk.rate_all(Rating.EASY, limit=1)
    assert desk.home.backups.exists() != ("another day" in said)


# --- the clock, the decks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("back", "is_found"), [({"hours": 23}, False), ({"days": 3}, True), ({"days": 900}, True)])
def test_a_clock_set_back_is_noticed(desk: Desk, back: dict[str, int], is_found: bool) -> None:
    studied(desk)
    back_up(desk)
    desk.hand.now -= timedelta(**back)
    found = [line for line in findings(desk) if "future" in line.text and "review" in line.text]
    assert len(found) == is_found
    for line in found:
        assert f"{back['days']} days in the future" in line.text
        assert line.level == Level.ADVICE


def test_orphans_are_counted_with_their_reviews(desk: Desk) -> None:
    studied(desk)
    desk.write("d", *facts(20)[2:])
    line = the_finding(desk)
    assert line.text == "2 orphans with 2 reviews: cards that their decks dropped."
    assert line.advice == "Run: quizkorea orphans list"
    assert line.level == Level.ADVICE


def test_a_deck_in_error_and_one_that_is_not_loaded_are_said(desk: Desk) -> None:
    studied(desk)
    desk.write_text("bad.yaml", "format: [")
    assert "bad.yaml" in texts(findings(desk))
    (desk.decks / "bad.yaml").unlink()
    (desk.decks / "d.yaml").rename(desk.root / "d.yaml")
    assert "Not in today's folders" in the_finding(desk).text


# --- places ----------------------------------------------------------------------------------------------------------


def test_little_room_is_a_problem(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    studied(desk)
    monkeypatch.setattr(doctor_module, "free_bytes", lambda _folder: LEAST_ROOM - 1)
    line = the_finding(desk)
    assert (line.level, line.advice) == (Level.PROBLEM, "Free some space.")
    assert "50.0 MB are free" in line.text
    monkeypatch.setattr(doctor_module, "free_bytes", lambda _folder: LEAST_ROOM)
    assert findings(desk) == []


def test_room_for_a_store_and_its_copies_is_wanted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    studied(desk)
    size = desk.home.store.stat().st_size
    monkeypatch.setattr(doctor_module, "LEAST_ROOM", 0)
    monkeypatch.setattr(doctor_module, "free_bytes", lambda _folder: 3 * size - 1)
    assert the_finding(desk).level == Level.PROBLEM
    monkeypatch.setattr(doctor_module, "free_bytes", lambda _folder: 3 * size)
    assert findings(desk) == []


def test_a_disk_that_does_not_tell_its_room_is_no_finding(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_module, "free_bytes", lambda _folder: None)
    assert findings(studied(desk)) == []


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_network_drive_is_a_problem(desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    studied(desk)
    mounts = f"{LOCAL}server:/x {desk.root.resolve()} {kind} rw 0 0\n"
    monkeypatch.setattr(doctor_module, "read_mounts", lambda: mounts)
    line = the_finding(desk)
    assert line.level == Level.PROBLEM
    assert f"network drive ({kind})" in line.text
    assert "--home" in line.advice


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/home/kim", "ext4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/share/deep/down", "nfs4"),
        ("/mnt/shared", "ext4"),
        ("/mnt/share/local/x", "xfs"),
        ("/mnt/with space/x", "cifs"),
        ("/mnt/back\\slash", "9p"),
        pytest.param("/mnt/한국/x", "smb3"),
    ],
)
def test_the_innermost_mount_says_what_a_folder_lies_on(folder: str, kind: str) -> None:
    mounts = LOCAL + (
        "s:/x /mnt/share nfs4 rw 0 0\n/dev/sdb /mnt/share/local xfs rw 0 0\n//s/y /mnt/with\\040space cifs rw 0 0\n"
        "z /mnt/back\\134slash 9p rw 0 0\n//s/k /mnt/한국 smb3 rw 0 0\nshort line\n\n"
    )
    assert file_system_of(Path(folder), mounts) == kind


def test_the_later_of_two_mounts_on_one_folder_is_the_one_that_is_seen() -> None:
    mounts = f"{LOCAL}a /mnt/x ext4 rw 0 0\nb /mnt/x nfs rw 0 0\n"
    assert file_system_of(Path("/mnt/x/y"), mounts) == "nfs"
    assert file_system_of(Path("/mnt/x/y"), "") is None
    assert "ext4" not in NETWORK_FILE_SYSTEMS


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - School", "Google Drive", "GoogleDrive-a@b.kr", "Nextcloud"])
def test_a_folder_that_is_synchronised_is_noted(make_desk: Callable[..., Desk], name: str) -> None:
    desk = studied(make_desk(f"{name}/desk"))
    line = the_finding(desk)
    assert line.level == Level.ADVICE
    assert line.text.startswith(f"It lies in {name}, ")
    assert "backups/" in line.advice


def test_an_innocent_folder_is_nobody_s() -> None:
    assert synced_by(Path("/home/kim/my-dropbox-notes/quizkorea")) is None
    assert synced_by(Path("/")) is None


def test_a_home_without_right_to_write_is_a_problem(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    studied(desk)
    asked = []
    monkeypatch.setattr(doctor_module, "is_writable", lambda folder: asked.append(folder))
    line = the_finding(desk)
    assert line.level == Level.PROBLEM
    assert line.text == f"{desk.home.folder} cannot be written."
    assert asked == [desk.home.folder]


def test_of_a_home_that_is_not_there_the_folder_above_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(doctor_module, "is_writable", lambda folder: asked.append(folder))
    desk.home = Home(desk.root / "not" / "there" / "yet")
    assert the_finding(desk).text == f"{desk.root} cannot be written."
    assert asked == [desk.root]


def test_a_home_that_is_a_file_is_said_to_be_one(desk: Desk) -> None:
    desk.home.folder.write_text("a file in its place")
    assert "right to write" not in texts(findings(desk))


def test_the_real_system_answers_too(tmp_path: Path) -> None:
    room = free_bytes(tmp_path)
    assert room is None or room > 0
    assert free_bytes(tmp_path / "nowhere") is None
    assert is_writable(tmp_path)
    assert not is_writable(tmp_path / "nowhere")


# --- learners --------------------------------------------------------------------------------------------------------


def test_the_doctor_of_one_learner_looks_at_their_store_and_backups_only(desk: Desk) -> None:
    studied(desk)
    as_garbage(desk.home.store)
    before = desk.home.store.read_bytes()
    desk.home = Home(desk.home.folder, "kim")
    desk.rate_all(Rating.EASY, limit=2)
    back_up(desk)
    said = texts(examined(desk))
    assert findings(desk) == []
    assert "2 reviews of 2 cards" in said
    assert "kim-20260302T120000Z-by-hand.db" in said
    change(desk.home.store, "UPDATE card_state SET reviews = 9")
    assert Doctor(trainer_of(desk)).rebuild() == 2
    assert (desk.home.folder / "quizkorea.db").read_bytes() == before


def test_the_commands_that_are_advised_name_the_learner(desk: Desk) -> None:
    desk.home = Home(desk.home.folder, "kim")
    studied(desk)
    change(desk.home.store, "UPDATE card_state SET reviews = 9")
    assert "--learner kim" in the_finding(desk).advice
