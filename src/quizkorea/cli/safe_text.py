"""Backups in words: what they hold, and what putting one back would replace."""

from __future__ import annotations

from datetime import UTC, datetime

from quizkorea.core.counting import counted
from quizkorea.trainer.safety import BackupMade, Holdings, RestorePlan, Safe

REASONS = {
    "daily": "the first session of a day",
    "by-hand": "you asked for it",
    "rescued": "rescued: the store was deleted or replaced",
    "before-restore": "before a restore",
    "before-migration": "before a new version changed the store",
    "before-merge": "before a `was:` line joined two histories",
    "before-orphans": "before orphans were renamed or deleted",
    "before-rebuild": "before `doctor --rebuild`",
    "before-rescheduling": "before many cards were rescheduled",
}


def holdings_text(holds: Holdings) -> str:
    """What a store or a backup holds."""
    if not holds.reviews:
        return "no reviews"
    days = holds.first_day if holds.first_day == holds.last_day else f"{holds.first_day} to {holds.last_day}"
    return f"{counted(holds.reviews, 'review')} of {counted(holds.cards, 'card')}, {days}"


def backup_lines(safe: Safe, backups: list[BackupMade]) -> list[str]:
    """A line each, newest first: file, local time, why it was made."""
    lines = []
    for made in backups:
        at = datetime.fromtimestamp(made.at_ms / 1000, UTC)
        lines.append(f"{safe.path_of(made)}  {at:%Y-%m-%d %H:%M} UTC  {REASONS.get(made.reason, made.reason)}")
    return lines


def plan_lines(plan: RestorePlan) -> list[str]:
    """What a restore would replace, and by what."""
    lines = [f"The backup holds: {holdings_text(plan.holds)}."]
    if not plan.has_store:
        return lines
    if plan.replaced is None or plan.lost is None:
        return [*lines, "The store cannot be read. It will be replaced; a copy of the file is kept."]
    lines.append(f"The store holds: {holdings_text(plan.replaced)}.")
    if not plan.lost.reviews:
        return [*lines, "No review of the store is missing from the backup."]
    return [*lines, f"Only in the store: {holdings_text(plan.lost)}; they go, and a copy is kept."]
