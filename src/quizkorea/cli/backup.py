"""`backup`: copy the store now."""

from __future__ import annotations

from collections.abc import Callable

import click

from quizkorea.cli.output import say
from quizkorea.cli.safe_text import holdings_text
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.safety import Safe


@click.command()
@click.pass_obj
def backup(make_trainer: Callable[[], Trainer]) -> None:
    """Copy the store into the folder of backups; programs that are studying go on.

    A copy is also made each day that you study, and before every change of many cards.
    """
    trainer = make_trainer()
    path, holds = Safe(trainer.home, trainer.clock.now_ms).back_up()
    say(f"Backed up: {holdings_text(holds)}.", str(path))
