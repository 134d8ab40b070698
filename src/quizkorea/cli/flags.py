"""`flags`: what the learner flagged, with file and line."""

from __future__ import annotations

from collections.abc import Callable

import click

from quizkorea.cli.due import tell_report
from quizkorea.cli.output import say, talk
from quizkorea.trainer.facade import Trainer


@click.command()
@click.pass_obj
def flags(make_trainer: Callable[[], Trainer]) -> None:
    """List the cards with a flag: file and line of the note, the card, and what was said about it."""
    with make_trainer() as trainer:
        tell_report(trainer.report)
        flagged = trainer.flags()
    for one in flagged:
        place = "(not in today's decks)" if one.path is None else f"{one.path}:{one.line}"
        said = f": {' / '.join(one.note.splitlines())}" if one.note else ""
        say(f"{place}: {one.name}{said}")
    if not flagged:
        talk("No card has a flag. `f` on a card puts one there.")
