"""`study`: a session on the screen, or in line mode (`--plain`, and whenever there is no terminal)."""

from __future__ import annotations

from collections.abc import Callable

import click

from quizkorea.cli.due import tell_report
from quizkorea.cli.output import is_interactive, talk
from quizkorea.core.notes import NOTE_TYPES
from quizkorea.core.session import Limits
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.today import Selection


@click.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option("--tag", metavar="T", help="Only cards with this tag.")
@click.option("--type", "type_name", type=click.Choice(NOTE_TYPES), help="Only cards of this note type.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N answers.")
@click.option("--new", "new_limit", type=click.IntRange(min=0), metavar="N", help="At most N new cards.")
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), metavar="M", help="Stop after M minutes.")
@click.option("--cram", is_flag=True, help="All cards, due or not; the schedule is left alone.")
@click.option("--plain", is_flag=True, help="Line by line, without escape codes.")
@click.pass_context
def study(
    ctx: click.Context,
    decks: tuple[str, ...],
    tag: str | None,
    type_name: str | None,
    limit: int | None,
    new_limit: int | None,
    minutes: float | None,
    cram: bool,
    plain: bool,
) -> None:
    """Study the cards that are due, of all decks or of some."""
    make_trainer: Callable[[], Trainer] = ctx.obj
    selection = Selection(decks, tag and tag.encode("utf-8", "replace").decode(), type_name)
    limits = Limits(limit, minutes)
    with make_trainer() as trainer:
        tell_report(trainer.report)
        if plain or not is_interactive():
            from quizkorea.cli.plain import study_plainly

            session = trainer.study(selection, limits, new_limit, cram)
            talk(*trainer.take_notices())
            study_plainly(trainer, session)
        else:
            trainer.check_selection(selection)  # before the screen is taken
            from quizkorea.ui.app import run_app
            from quizkorea.ui.requests import StudyRequest

            ctx.exit(run_app(trainer, StudyRequest(selection, limits, new_limit, cram)))


def open_home(trainer: Trainer) -> int:
    """The home screen; the exit code."""
    from quizkorea.ui.app import run_app

    with trainer:
        return run_app(trainer, None)
