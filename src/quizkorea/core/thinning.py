"""Which backups are kept: one a day for a week, one a week for a month, one a month for a year (DESIGN §8)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

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

    Of each of the last 7 days, 4 weeks and 12 months the newest stays; so does the newest of all, every one of the
    last 7 days that was not made by the daily round, and for ever those that a learner asked for or that rescue data.
    """
    newest_first = sorted(backups, key=lambda made: (made.at_ms, made.name), reverse=True)
    now = _moment(now_ms)
    kept = {made.name for made in newest_first[:1]}
    kept |= {made.name for made in newest_first if _is_kept_whole(made, now)}
    kept |= _newest_of_each(newest_first, _recent_days(now), _moment_day)
    kept |= _newest_of_each(newest_first, _recent_weeks(now), lambda moment: tuple(moment.isocalendar())[:2])
    kept |= _newest_of_each(newest_first, _recent_months(now), lambda moment: (moment.year, moment.month))
    return [made for made in reversed(newest_first) if made.name not in kept]


def _moment(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def _moment_day(moment: datetime) -> date:
    return moment.date()


def _is_kept_whole(made: BackupMade, now: datetime) -> bool:
    if made.reason in NEVER_THINNED or _moment(made.at_ms) > now:
        return True
    return made.reason != DAILY and now - _moment(made.at_ms) <= KEPT_WHOLE


def _newest_of_each(
    newest_first: list[BackupMade], spans: set[Hashable], span_of: Callable[[datetime], Hashable]
) -> set[str]:
    found: dict[Hashable, str] = {}
    for made in newest_first:
        span = span_of(_moment(made.at_ms))
        if span in spans:
            found.setdefault(span, made.name)
    return set(found.values())


def _recent_days(now: datetime) -> set[Hashable]:
    return {now.date() - timedelta(days=back) for back in range(DAYS)}


def _recent_weeks(now: datetime) -> set[Hashable]:
    return {tuple((now - timedelta(weeks=back)).isocalendar())[:2] for back in range(WEEKS)}


def _recent_months(now: datetime) -> set[Hashable]:
    months = [now.year * 12 + now.month - 1 - back for back in range(MONTHS)]
    return {(month // 12, month % 12 + 1) for month in months}
