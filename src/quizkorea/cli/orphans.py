"""`orphans`: cards that their decks no longer give."""

from __future__ import annotations

from collections.abc import Callable

import click

from quizkorea.cli.due import tell_report
from quizkorea.cli.output import confirm, say, talk
from quizkorea.core.counting import counted
from quizkorea.core.errors import UsageError
from quizkorea.trainer.facade import Trainer

MakeTrainer = Callable[[], Trainer]


@click.group()
def orphans() -> None:
    """Cards that their decks no longer give; what you learned of them is kept."""


@orphans.command("list")
@click.pass_obj
def list_orphans(make_trainer: MakeTrainer) -> None:
    """List them, a line each: the card and its reviews."""
    with make_trainer() as trainer:
        tell_report(trainer.report)
        there = trainer.orphans.all()
    for orphan in there:
        say(f"{orphan.name}  {counted(orphan.reviews, 'review')}")
    if not there:
        talk("There are no orphans.")


@orphans.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--undo", is_flag=True, help="Take back the last rename.")
@click.pass_obj
def rename(make_trainer: MakeTrainer, old: str | None, new: str | None, undo: bool) -> None:
    """Move all that is kept of the orphan OLD to the card NEW: both deck/note#part, or both deck/note."""
    if undo == bool(old):
        raise UsageError("Name the orphan and the card that took its place, or say --undo.")
    with make_trainer() as trainer:
        tell_report(trainer.report)
        if undo:
            say(f"Taken back for {counted(trainer.orphans.undo_rename(trainer.clock.now_ms()), 'card')}.")
        elif old and new:
            moved = trainer.orphans.rename(old, new, trainer.clock.now_ms())
            say(f"{counted(moved, 'card')} moved to {new}. Take it back with: quizkorea orphans rename --undo")
        else:
            raise UsageError(f"Which card took the place of {old}?", "Write: quizkorea orphans rename OLD NEW")


@orphans.command()
@click.argument("cards", nargs=-1, metavar="[CARD]...")
@click.option("--undo", is_flag=True, help="Bring back what was deleted last.")
@click.pass_context
def delete(ctx: click.Context, cards: tuple[str, ...], undo: bool) -> None:
    """Put orphans away, all if none is named. Their reviews are kept, and a note that returns has them again."""
    make_trainer: MakeTrainer = ctx.obj
    if undo and cards:
        raise UsageError("--undo brings back what was deleted last; it takes no cards.")
    with make_trainer() as trainer:
        tell_report(trainer.report)
        if undo:
            say(f"Brought back: {counted(trainer.orphans.undo_delete(trainer.clock.now_ms()), 'card')}.")
            return
        chosen = trainer.orphans.choose(cards)
        if not chosen:
            talk("There are no orphans.")
            return
        reviews = counted(sum(orphan.reviews for orphan in chosen), "review")
        if not confirm(f"Put {counted(len(chosen), 'orphan')} with {reviews} away?"):
            say("Nothing was changed.")
            ctx.exit(1)
        trainer.orphans.delete(chosen, trainer.clock.now_ms())
        say(f"Put away: {counted(len(chosen), 'orphan')}. Bring them back with: quizkorea orphans delete --undo")
