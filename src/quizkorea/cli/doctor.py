"""`doctor`: is everything safe, and if not, what to do."""

from __future__ import annotations

from collections.abc import Callable

import click

from quizkorea.cli.output import cleaned, say
from quizkorea.trainer.doctor import Doctor, Level
from quizkorea.trainer.facade import Trainer


@click.command()
@click.option("--rebuild", is_flag=True, help="Recompute every card's schedule from the log, after a backup.")
@click.pass_context
def doctor(ctx: click.Context, rebuild: bool) -> None:
    """Look at the store, its log, its backups and its place, and say in plain words what to do.

    Exit code 1 if something should be done.
    """
    make_trainer: Callable[[], Trainer] = ctx.obj
    physician = Doctor(make_trainer())
    if rebuild:
        changed = physician.rebuild()
        was = "was" if changed == 1 else "were"
        say(f"Every card's schedule was computed anew from the log; {changed:,} {was} different.")
        return
    findings = 0
    for line in physician.examine():
        say(f"{line.level.value:<8}{cleaned(line.text)}")
        if line.advice:
            say(f"{'':<8}{cleaned(line.advice)}")
        findings += line.level is not Level.FINE
    say("", "All is well." if not findings else f"{findings} {'thing' if findings == 1 else 'things'} to look at.")
    if findings:
        ctx.exit(1)
