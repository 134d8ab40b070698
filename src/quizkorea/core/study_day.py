"""The study day: it turns at a rollover hour (04:00 unless configured), not at midnight (DESIGN §2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DEFAULT_ROLLOVER_HOUR = 4
MINUTE_MS = 60_000
DAY_MS = 86_400_000


def instant_ms(moment: datetime) -> int:
    """Milliseconds UTC of an aware datetime, exact (no float on the way)."""
    since_epoch = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return since_epoch // timedelta(milliseconds=1)


def local_moment(now_ms: int, zone: tzinfo) -> datetime:
    """The wall-clock time in a zone at an instant in milliseconds UTC."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=now_ms)).astimezone(zone)


def study_day(now_ms: int, zone: tzinfo, rollover_hour: int = DEFAULT_ROLLOVER_HOUR) -> date:
    """The study day at an instant: until the rollover hour, local time, it is still yesterday's.

    It is the latest day that has begun, so a clock set back over the rollover hour does not bring yesterday back.
    """
    day = local_moment(now_ms, zone).date() + timedelta(days=1)
    while now_ms < study_day_end_ms(day - timedelta(days=1), zone, rollover_hour):
        day -= timedelta(days=1)
    return day


def study_day_end_ms(day: date, zone: tzinfo, rollover_hour: int = DEFAULT_ROLLOVER_HOUR) -> int:
    """The first instant (milliseconds UTC) that no longer belongs to a study day.

    Where a clock change skips the rollover hour, the day turns when the clocks jump.
    """
    turn = datetime.combine(day + timedelta(days=1), time(rollover_hour), tzinfo=zone)
    turn_ms = instant_ms(turn)
    if local_moment(turn_ms, zone).replace(tzinfo=None) == turn.replace(tzinfo=None):
        return turn_ms
    return _clock_change_ms(instant_ms(turn.replace(fold=1)), turn_ms, zone)


def _clock_change_ms(before_ms: int, after_ms: int, zone: tzinfo) -> int:
    """The first instant after `before_ms` that has the offset from UTC of `after_ms`."""
    offset = local_moment(after_ms, zone).utcoffset()
    while after_ms - before_ms > 1:
        middle_ms = (before_ms + after_ms) // 2
        if local_moment(middle_ms, zone).utcoffset() == offset:
            after_ms = middle_ms
        else:
            before_ms = middle_ms
    return after_ms
