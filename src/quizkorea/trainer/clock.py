"""The clock of the process, and how `QUIZKOREA_NOW` freezes it (DESIGN §4)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from quizkorea.core.errors import UsageError
from quizkorea.core.study_day import instant_ms, study_day, study_day_end_ms

_FIRST_YEAR, _LAST_YEAR = 1971, 2900  # a due day a hundred years later is still a date
_HINT = "Write it like 2026-03-08T03:59+09:00 or 2026-03-08T03:59[America/New_York]."


class SystemZone(tzinfo):
    """The computer's own zone, with its clock changes past and future, as the C library knows them."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """East of UTC; for a time that occurs twice, `fold` decides."""
        if moment is None:
            return timedelta()
        return self._offset(moment.replace(tzinfo=None).timestamp())

    def dst(self, moment: datetime | None) -> timedelta | None:  # noqa: ARG002
        """Not known apart from the offset."""
        return None

    def tzname(self, moment: datetime | None) -> str:  # noqa: ARG002
        """A name for messages."""
        return "local"

    def fromutc(self, moment: datetime) -> datetime:
        """Local time of a UTC moment, with the fold set right."""
        seconds = moment.replace(tzinfo=UTC).timestamp()
        local = datetime.fromtimestamp(seconds)
        return local.replace(tzinfo=self)

    @staticmethod
    def _offset(seconds: float) -> timedelta:
        return timedelta(seconds=time.localtime(seconds).tm_gmtoff)


class Clock(NamedTuple):
    """Where time comes from. Tests and `QUIZKOREA_NOW` put other functions here."""

    now_ms: Callable[[], int]
    """Milliseconds UTC."""
    zone: tzinfo
    monotonic_ms: Callable[[], int]
    """For durations; its zero means nothing."""


class StudyDays:
    """The study day by a clock. The same day is not computed twice within a second: a session asks at every card."""

    def __init__(self, clock: Clock, rollover_hour: int) -> None:
        self._clock, self._rollover_hour = clock, rollover_hour
        self._day = date.min
        self._asked_ms = self._end_ms = 0

    def today(self) -> date:
        """The study day now; a changed zone is noticed within a second."""
        now_ms = self._clock.now_ms()
        if not self._asked_ms <= now_ms < min(self._end_ms, self._asked_ms + 1000):
            self._day = study_day(now_ms, self._clock.zone, self._rollover_hour)
            self._end_ms = study_day_end_ms(self._day, self._clock.zone, self._rollover_hour)
            self._asked_ms = now_ms
        return self._day


def system_clock() -> Clock:
    """The real time in the computer's zone."""
    return Clock(lambda: time.time_ns() // 1_000_000, SystemZone(), lambda: time.monotonic_ns() // 1_000_000)


def clock_from(frozen: str | None) -> Clock:
    """The clock that a value of `QUIZKOREA_NOW` asks for; the real one when it is empty. Raises UsageError."""
    real = system_clock()
    if not frozen:
        return real
    moment = _parse(frozen.strip())
    now_ms = instant_ms(moment)
    zone = moment.tzinfo
    assert zone is not None
    return Clock(lambda: now_ms, zone, real.monotonic_ms)


def _parse(text: str) -> datetime:
    match = re.fullmatch(r"(?P<time>[^\[\]]+?)(?:\[(?P<zone>[^\[\]]+)\])?", text)
    try:
        if match is None:
            raise ValueError(text)
        moment = datetime.fromisoformat(match["time"])
        if match["zone"]:
            from zoneinfo import ZoneInfo

            zone = ZoneInfo(match["zone"])
            moment = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    except (ValueError, KeyError, OSError, OverflowError) as error:
        raise UsageError(f"QUIZKOREA_NOW holds no time that can be read: {text!r}.", _HINT) from error
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise UsageError(f"QUIZKOREA_NOW is outside the years {_FIRST_YEAR} to {_LAST_YEAR}: {text!r}.", _HINT)
    if moment.tzinfo is None:
        raise UsageError(f"QUIZKOREA_NOW names no zone: {text!r}.", _HINT)
    return moment
