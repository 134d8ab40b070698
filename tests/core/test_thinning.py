"""Which backups are kept: the newest of 7 days, 4 weeks and 12 months, and what nobody may throw away."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkorea.core.thinning import BY_HAND, DAILY, RESCUED, BackupMade, expendable

BEGIN = datetime(2026, 3, 2, 12, tzinfo=UTC)
BULK = ("before-merge", "before-migration", "before-orphans", "before-rebuild", "before-rescheduling", "before-restore")
KEPT_FOR_EVER = (BY_HAND, RESCUED)
HOUR_MS = 3_600_000


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def made(moment: datetime, reason: str = DAILY, number: int = 0) -> BackupMade:
    return BackupMade(ms(moment), reason, f"{moment:%Y%m%dT%H%M%S}-{number:04}-{reason}")


def at(backup: BackupMade) -> datetime:
    return datetime.fromtimestamp(backup.at_ms / 1000, UTC)


def kept(backups: Iterable[BackupMade], now: datetime) -> set[BackupMade]:
    """What is left after a round of thinning."""
    backups = list(backups)
    return set(backups) - set(expendable(backups, ms(now)))


# --- the rule in words, over all backups that were ever made -------------------------------------------------------


def newest_in(ever: list[BackupMade], span_of: Callable[[datetime], Hashable], span: Hashable) -> set[BackupMade]:
    inside = [backup for backup in ever if span_of(at(backup)) == span]
    return {max(inside, key=lambda backup: (backup.at_ms, backup.name))} if inside else set()


def month_of(moment: datetime) -> int:
    return moment.year * 12 + moment.month


def week_of(moment: datetime) -> int:
    return (moment.date().toordinal() - 1) // 7  # day 1 was a Monday


def spanned(ever: list[BackupMade], now: datetime) -> set[BackupMade]:
    """The newest of each of the latest days, weeks and months that have one."""
    found: set[BackupMade] = set()
    for most, span_of in ((7, datetime.date), (4, week_of), (12, month_of)):
        spans = sorted({span_of(at(backup)) for backup in ever if at(backup) <= now}, reverse=True)
        for span in spans[:most]:
            found |= newest_in(ever, span_of, span)
    return found


def guarded(ever: list[BackupMade], now: datetime) -> set[BackupMade]:
    """What no round may take: what a learner asked for or needs, and young ones from before a bulk action."""
    young = {one for one in ever if one.reason in BULK and now - at(one) < timedelta(days=7)}
    return young | {one for one in ever if one.reason in KEPT_FOR_EVER}


ROUNDS = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 30), st.integers(0, 24 * 25)),  # hours since the round before
        st.one_of(st.just(DAILY), st.sampled_from([None, *BULK, *KEPT_FOR_EVER])),
    ),
    min_size=1,
    max_size=90,
)
"""Hours since the round before, and the backup that is made then (None: only thinned). Ninety come to three years."""


@settings(max_examples=300)
@given(ROUNDS, st.integers(0, 366 * 24))
def test_however_often_backups_are_thinned_what_is_left_is_the_newest_of_each_span_ever_made(
    rounds: list[tuple[int, str | None]], start: int
) -> None:
    now, ever, there = BEGIN + timedelta(hours=start), [], set()
    for number, (hours, reason) in enumerate(rounds):
        now += timedelta(hours=hours)
        if reason is not None:
            ever.append(made(now, reason, number))
            there.add(ever[-1])
        there = kept(there, now)
        wanted = spanned(ever, now) | guarded(ever, now)
        assert wanted <= there
        surplus = there - wanted - set(ever[-1:])
        # on the very edge of seven days either is right
        assert {at(one) for one in surplus if one.reason in BULK} <= {now - timedelta(days=7)}
        assert {one for one in surplus if one.reason not in BULK} == set()
        assert expendable(there, ms(now)) == []


@settings(max_examples=100)
@given(ROUNDS, st.randoms(use_true_random=False))
def test_the_order_in_which_the_backups_are_listed_does_not_matter(
    rounds: list[tuple[int, str | None]], random: object
) -> None:
    now, ever = BEGIN, []
    for number, (hours, reason) in enumerate(rounds):
        now += timedelta(hours=hours)
        ever.append(made(now, reason or DAILY, number))
    shuffled = list(ever)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    gone = expendable(shuffled, ms(now))
    assert gone == expendable(ever, ms(now))
    assert gone == sorted(gone, key=lambda one: one.at_ms), "oldest first"


# --- examples -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [24, 23, 25])
def test_a_year_of_daily_backups_ends_with_no_more_than_the_spans(hours: int) -> None:
    now, there = BEGIN, set()
    for number in range(400):
        now += timedelta(hours=hours)
        there = kept(there | {made(now, number=number)}, now)
        assert len(there) <= 7 + 4 + 12
    assert len(there) >= 7 + 2 + 10, "the newest days are also the newest of their weeks and months"
    assert min(at(one) for one in there) > now - timedelta(days=366)


def test_after_three_years_of_daily_backups_these_are_left() -> None:
    start = datetime(2023, 3, 1, 8, tzinfo=UTC)
    there: set[BackupMade] = set()
    for day in range(1_097):
        now = start + timedelta(days=day)
        there = kept(there | {made(now)}, now)
    assert now.date().isoformat() == "2026-03-01"
    assert [f"{at(one):%Y-%m-%d}" for one in sorted(there, key=lambda one: one.at_ms)] == [
        *("2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31", "2025-08-31", "2025-09-30", "2025-10-31"),
        *("2025-11-30", "2025-12-31", "2026-01-31"),
        *("2026-02-08", "2026-02-15", "2026-02-22"),
        *("2026-02-23", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28", "2026-03-01"),
    ]


@pytest.mark.parametrize("reason", BULK)
def test_a_backup_from_before_a_bulk_action_stays_for_seven_days(reason: str) -> None:
    bulk = made(BEGIN, reason)
    later = [made(BEGIN + timedelta(minutes=1)), made(BEGIN + timedelta(days=7, minutes=1))]
    assert bulk in kept([bulk, *later], BEGIN + timedelta(days=7) - timedelta(milliseconds=1))
    assert bulk not in kept([bulk, *later], BEGIN + timedelta(days=7, minutes=1))


def test_however_many_bulk_actions_a_day_has_all_their_backups_stay() -> None:
    many = [made(BEGIN + timedelta(minutes=number), "before-merge", number) for number in range(50)]
    assert kept(many, BEGIN + timedelta(days=6)) == set(many)
    assert kept(many, BEGIN + timedelta(days=8)) == {many[-1]}


@pytest.mark.parametrize("reason", KEPT_FOR_EVER)
def test_what_a_learner_asked_for_or_what_rescues_data_stays_for_ever(reason: str) -> None:
    old = [made(BEGIN + timedelta(minutes=number), reason, number) for number in range(5)]
    assert kept([*old, made(BEGIN + timedelta(days=3_000))], BEGIN + timedelta(days=3_000)) >= set(old)


def test_the_newest_of_all_stays_however_old_it_is() -> None:
    old = [made(BEGIN - timedelta(days=back)) for back in range(30)]
    assert old[0] in kept(old, BEGIN + timedelta(days=5_000))


def test_a_day_on_which_the_clock_was_wrong_pushes_nothing_out() -> None:
    old = [made(BEGIN - timedelta(days=back)) for back in range(90)]
    before = kept(old, BEGIN)
    wrong = made(BEGIN + timedelta(days=3_000))
    left = kept([*before, wrong], at(wrong))
    assert len(before - left) <= 3  # a day, a week and a month less
    assert {*old[:6], wrong} <= left


def test_backups_from_the_future_stay_and_take_no_other_ones_place() -> None:
    ahead = [made(BEGIN + timedelta(days=900, minutes=number), number=number) for number in range(3)]
    ours = [made(BEGIN - timedelta(days=back)) for back in range(7)]
    assert kept([*ahead, *ours], BEGIN) == {*ahead, *ours}


def test_weeks_are_those_of_the_calendar_also_across_a_new_year() -> None:
    now = datetime(2027, 1, 6, 12, tzinfo=UTC)  # a Wednesday in week 1; 2026 has 53 weeks
    days = [made(now - timedelta(days=back)) for back in range(40)]
    left = {at(one).date().isoformat() for one in kept(days, now)}
    latest = {(now - timedelta(days=back)).date().isoformat() for back in range(7)}
    # of the weeks before the latest days their Sundays, and of the months their last day
    assert left == latest | {"2026-12-20", "2026-12-27", "2027-01-03", "2026-12-31", "2026-11-30"}


def test_nothing_is_expendable_where_there_is_nothing() -> None:
    assert expendable([], ms(BEGIN)) == []
    assert expendable([made(BEGIN)], ms(BEGIN)) == []
