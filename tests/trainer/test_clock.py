"""The clock, and `QUIZKOREA_NOW`."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from quizkorea.core.errors import UsageError
from quizkorea.core.study_day import local_moment, study_day
from quizkorea.trainer.clock import SystemZone, clock_from


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-08T03:59+09:00", datetime(2026, 3, 7, 18, 59, tzinfo=UTC)),
        ("2026-03-08T03:59[America/New_York]", datetime(2026, 3, 8, 7, 59, tzinfo=UTC)),
        ("2026-03-08T12:00:30Z", datetime(2026, 3, 8, 12, 0, 30, tzinfo=UTC)),
        ("2026-03-08T12:00+00:00[Asia/Seoul]", datetime(2026, 3, 8, 12, 0, tzinfo=UTC)),
    ],
)
def test_the_clock_can_be_frozen_with_its_zone(text: str, utc: datetime) -> None:
    clock = clock_from(text)
    assert clock.now_ms() == clock.now_ms() == round(utc.timestamp() * 1000)
    assert local_moment(clock.now_ms(), clock.zone) == utc


def test_the_zone_of_the_frozen_clock_is_the_local_zone() -> None:
    seoul, new_york = clock_from("2026-03-08T03:59+09:00"), clock_from("2026-03-07T14:00[America/New_York]")
    assert study_day(seoul.now_ms(), seoul.zone).isoformat() == "2026-03-07"
    assert local_moment(seoul.now_ms(), new_york.zone).hour == 13


@pytest.mark.parametrize("text", ["noon", "2026-03-08T03:59", "2026-13-08T03:59Z", "2026-03-08T03:59[Moon/Base]", "[]"])
def test_a_time_that_cannot_be_read_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="QUIZKOREA_NOW"):
        clock_from(text)


def test_the_real_clock_moves() -> None:
    clock = clock_from("")
    assert abs(clock.now_ms() - time.time() * 1000) < 5_000
    assert clock.monotonic_ms() <= clock.monotonic_ms()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of the process can only be set on Unix")
@pytest.mark.parametrize("name", ["America/New_York", "Asia/Seoul", "Europe/London"])
def test_the_system_zone_agrees_with_the_zone_database(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from zoneinfo import ZoneInfo

    monkeypatch.setenv("TZ", name)
    time.tzset()
    try:
        start = datetime(2026, 1, 1, tzinfo=UTC)
        for hours in range(0, 365 * 24, 7):
            moment = start + timedelta(hours=hours, minutes=30)
            ours = moment.astimezone(SystemZone())
            assert ours.replace(tzinfo=None) == moment.astimezone(ZoneInfo(name)).replace(tzinfo=None)
            assert ours.astimezone(UTC) == moment
    finally:
        monkeypatch.undo()
        time.tzset()
