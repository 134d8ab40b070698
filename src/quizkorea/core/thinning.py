"""Which backups are kept: one a day for a week, one a week for a month, one a month for a year (DESIGN §8)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DAYS, WEEKS, MONTHS = 7, 4, 12
KEPT_WHOLE = timedelta(days=7)
"""So long every backup that was made before a change of many cards is kept, whatever else there is."""

DAILY = "daily"
BY_HAND = "by-hand"
RESCUED = "rescued"
NEVER_THINNED = frozenset({BY_HAND, RESCUED})
"""Asked for by the learner, or the only copy of what it holds."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup by its name."""

    at_ms: int
    """When it was made, milliseconds UTC."""
    reason: str
    name: str


def expendable(backups: Iterable[BackupMade], now_ms: int) -> list[BackupMade]:
    """The backups that may be deleted, oldest first. Days, weeks (ISO) and months are those of UTC.

    The newest of each of the 7 latest days, 4 weeks and 12 months *that have a backup* stays: a day on which the clock
    was wrong must not push the others out. So does every one of the last 7 days that was not made by the daily round,
    and for ever those that a learner asked for, that rescue data, or that lie in the future.
    """
    newest_first = sorted(backups, key=lambda made: (made.at_ms, made.name), reverse=True)
    now = _moment(now_ms)
    kept = {made.name for made in newest_first if _is_kept_whole(made, now)}
    past = [made for made in newest_first if made.at_ms <= now_ms]
    for most, span_of in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        kept |= _newest_of_each(past, most, span_of)
    return [made for made in reversed(newest_first) if made.name not in kept]


def _moment(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    return tuple(moment.isocalendar())[:2]


def _month(moment: datetime) -> Hashable:
    return moment.year, moment.month


def _is_kept_whole(made: BackupMade, now: datetime) -> bool:
    if made.reason in NEVER_THINNED or _moment(made.at_ms) > now:
        return True
    return made.reason != DAILY and now - _moment(made.at_ms) <= KEPT_WHOLE


def _newest_of_each(newest_first: list[BackupMade], most: int, span_of: Callable[[datetime], Hashable]) -> set[str]:
    found: dict[Hashable, str] = {}
    for made in newest_first:
        span = span_of(_moment(made.at_ms))
        if span not in found and len(found) == most:
            break
        found.setdefault(span, made.name)
    return set(found.values())
