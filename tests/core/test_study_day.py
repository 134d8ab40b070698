"""The study day turns at the rollover hour, local time, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizkorea.core.study_day import DAY_MS, MINUTE_MS, instant_ms, local_moment, study_day, study_day_end_ms

HOUR_MS = 60 * MINUTE_MS


def at(text: str, zone: str) -> int:
    """Milliseconds UTC of a wall-clock time; `+fold` at its end means the second of two."""
    naive = datetime.fromisoformat(text.removesuffix("+fold"))
    return instant_ms(naive.replace(tzinfo=ZoneInfo(zone), fold=int(text.endswith("+fold"))))


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-03-02T03:59:59.999", "UTC", "2026-03-01"),
        ("2026-03-02T04:00", "UTC", "2026-03-02"),
        ("2026-03-02T00:00", "UTC", "2026-03-01"),
        ("2026-03-02T23:59", "UTC", "2026-03-02"),
        ("2026-01-01T03:59", "Asia/Seoul", "2025-12-31"),
        ("2026-01-01T04:00", "Asia/Seoul", "2026-01-01"),
        ("2024-03-01T03:59", "Asia/Seoul", "2024-02-29"),
        # New York: 02:00 to 03:00 is skipped on 8 March 2026, 01:00 to 02:00 comes twice on 1 November
        ("2026-03-08T01:59", "America/New_York", "2026-03-07"),
        ("2026-03-08T03:00", "America/New_York", "2026-03-07"),
        ("2026-03-08T03:59", "America/New_York", "2026-03-07"),
        ("2026-03-08T04:00", "America/New_York", "2026-03-08"),
        ("2026-11-01T01:30", "America/New_York", "2026-10-31"),
        ("2026-11-01T01:30+fold", "America/New_York", "2026-10-31"),
        ("2026-11-01T03:59", "America/New_York", "2026-10-31"),
        ("2026-11-01T04:00", "America/New_York", "2026-11-01"),
        # London: 01:00 to 02:00 is skipped on 29 March 2026 and comes twice on 25 October
        ("2026-03-29T00:59", "Europe/London", "2026-03-28"),
        ("2026-03-29T02:00", "Europe/London", "2026-03-28"),
        ("2026-03-29T04:00", "Europe/London", "2026-03-29"),
        ("2026-10-25T01:30", "Europe/London", "2026-10-24"),
        ("2026-10-25T01:30+fold", "Europe/London", "2026-10-24"),
        ("2026-10-25T04:00", "Europe/London", "2026-10-25"),
    ],
)
def test_until_four_in_the_morning_it_is_still_yesterday(moment: str, zone: str, day: str) -> None:
    assert study_day(at(moment, zone), ZoneInfo(zone)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "zone", "rollover", "end"),
    [
        ("2026-03-02", "UTC", 4, "2026-03-03T04:00"),
        ("2026-03-02", "Asia/Seoul", 0, "2026-03-03T00:00"),
        ("2026-03-02", "Asia/Seoul", 23, "2026-03-03T23:00"),
        ("2026-03-07", "America/New_York", 4, "2026-03-08T04:00"),
        ("2026-03-07", "America/New_York", 2, "2026-03-08T03:00"),  # skipped: the clocks jump from 2 to 3
        ("2026-10-31", "America/New_York", 1, "2026-11-01T01:00"),  # twice: the first time counts
        ("2026-03-28", "Europe/London", 1, "2026-03-29T02:00"),
        ("2026-10-24", "Europe/London", 1, "2026-10-25T01:00"),
        ("2026-03-28", "Antarctica/Troll", 2, "2026-03-29T03:00"),  # two hours are skipped, from 1 to 3
        ("2011-03-12", "America/St_Johns", 1, "2011-03-13T01:01"),  # the clocks jump at a minute past midnight
        ("2011-12-29", "Pacific/Apia", 4, "2011-12-31T00:00"),  # the 30th was skipped
    ],
)
def test_a_day_ends_at_the_next_rollover_or_when_the_clocks_jump_over_it(
    day: str, zone: str, rollover: int, end: str
) -> None:
    assert study_day_end_ms(date.fromisoformat(day), ZoneInfo(zone), rollover) == at(end, zone)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        ("2026-03-07", "America/New_York", 23),
        ("2026-10-31", "America/New_York", 25),
        ("2026-03-28", "Europe/London", 23),
        ("2026-10-24", "Europe/London", 25),
        ("2026-03-28", "Asia/Seoul", 24),
    ],
)
def test_the_night_of_a_clock_change_makes_its_study_day_shorter_or_longer(day: str, zone: str, hours: int) -> None:
    this = date.fromisoformat(day)
    begin = study_day_end_ms(this - timedelta(days=1), ZoneInfo(zone))
    assert study_day_end_ms(this, ZoneInfo(zone)) - begin == hours * HOUR_MS


ZONES = (
    "UTC",
    "Asia/Seoul",
    "Asia/Pyongyang",
    "Asia/Kathmandu",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Nuuk",
    "Europe/London",
    "Europe/Lisbon",
    "Africa/Cairo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Antarctica/Troll",
    "Antarctica/Casey",
    "Atlantic/Azores",
)


@given(st.sampled_from(ZONES), st.dates(date(1970, 1, 2), date(2037, 12, 30)), st.integers(0, 23))
@example("Antarctica/Troll", date(2026, 3, 28), 2)
@example("America/St_Johns", date(2011, 3, 12), 1)
@example("Antarctica/Casey", date(2019, 10, 3), 4)
@example("Pacific/Apia", date(2011, 12, 29), 4)
@example("Pacific/Apia", date(2011, 12, 30), 4)
@example("America/New_York", date(2026, 3, 7), 2)
def test_a_day_lasts_until_its_end_and_not_longer(name: str, day: date, rollover: int) -> None:
    zone = ZoneInfo(name)
    end = study_day_end_ms(day, zone, rollover)
    if study_day_end_ms(day - timedelta(days=1), zone, rollover) < end:  # a date that was skipped has no study day
        assert study_day(end - 1, zone, rollover) == day
    assert study_day(end, zone, rollover) > day


@given(
    st.sampled_from(ZONES),
    st.integers(0, 2_145_000_000_000),
    st.integers(0, 3 * DAY_MS),
    st.integers(0, 23),
)
@example("Antarctica/Troll", instant_ms(datetime(2026, 10, 25, 0, tzinfo=UTC)), HOUR_MS, 2)
@example("America/St_Johns", instant_ms(datetime(2011, 11, 6, 2, 30, tzinfo=UTC)), HOUR_MS // 2, 0)
def test_time_never_turns_a_study_day_back(name: str, now_ms: int, later: int, rollover: int) -> None:
    zone = ZoneInfo(name)
    assert study_day(now_ms, zone, rollover) <= study_day(now_ms + later, zone, rollover)


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_an_instant_is_exact_to_the_millisecond_and_comes_back(moment: datetime, zone: timezone) -> None:
    aware = moment.replace(tzinfo=zone)
    back = local_moment(instant_ms(aware), zone)
    assert timedelta(0) <= aware - back < timedelta(milliseconds=1)
    assert instant_ms(back) == instant_ms(aware)


def test_one_instant_is_one_number_in_every_zone() -> None:
    seoul = datetime(1950, 6, 25, 4, 0, tzinfo=timezone(timedelta(hours=9)))
    assert instant_ms(seoul) == instant_ms(datetime(1950, 6, 24, 19, 0, tzinfo=UTC))
    assert instant_ms(datetime(1970, 1, 1, 0, 0, 0, 1000, tzinfo=UTC)) == 1
