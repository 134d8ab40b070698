"""`restore`: put a backup back, after showing what it would replace."""

from __future__ import annotations

from collections.abc import Callable

import click

from quizkorea.cli.output import confirm, say
from quizkorea.cli.safe_text import backup_lines, plan_lines
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.safety import Safe


@click.command()
@click.argument("file", required=False)
@click.pass_context
def restore(ctx: click.Context, file: str | None) -> None:
    """Put a backup back in place of the store; without FILE, list the backups.

    What would be replaced is shown first, and the store as it was is kept as a backup of its own.
    """
    make_trainer: Callable[[], Trainer] = ctx.obj
    trainer = make_trainer()
    safe = Safe(trainer.home, trainer.clock.now_ms)
    if file is None:
        say(*(backup_lines(safe, safe.backups()) or ["There is no backup yet. Make one with: quizkorea backup"]))
        return
    plan = safe.plan_restore(file)
    say(*plan_lines(plan))
    if not confirm("Restore it?"):
        say("Nothing was changed.")
        ctx.exit(1)
    kept = safe.restore(plan)
    if kept is not None and kept.name not in {made.name for made in safe.backups()}:
        say(f"Restored. The damaged store is kept in {kept}")
        return
    say("Restored." if kept is None else f"Restored. Take it back with: {trainer.home.command(f'restore {kept.name}')}")
