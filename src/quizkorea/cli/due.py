"""`due`: what is due today, for people or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import click

from quizkorea.cli.output import say, table, talk
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.today import LoadReport, Overview


@click.command()
@click.option("--json", "as_json", is_flag=True, help='One JSON object, `"format": 1`.')
@click.pass_obj
def due(make_trainer: Callable[[], Trainer], as_json: bool) -> None:
    """Say what is due today, by deck.

    The total may be less than the sum over the decks: today's caps are for all of them together.
    """
    print_due(make_trainer(), as_json)


def print_due(trainer: Trainer, as_json: bool) -> None:
    """Open a trainer and print its counts."""
    with trainer:
        overview = trainer.overview()
        tell_report(trainer.report)
    if as_json:
        say(json.dumps(_json(overview)))
    else:
        _print_table(overview)


def tell_report(report: LoadReport) -> None:
    """What loading the decks found, a line each, on stderr."""
    talk(*report.problems)


def _json(overview: Overview) -> dict[str, object]:
    return {
        "format": 1,
        "study_day": overview.study_day.isoformat(),
        "due": overview.due,
        "new": overview.new,
        "learning": overview.learning,
        "review": overview.review,
        "answered_today": overview.answered_today,
        "next_due": None if overview.next_due is None else overview.next_due.isoformat(),
        "decks": [
            {
                "deck": deck.slug,
                "title": deck.title,
                "due": deck.due,
                "new": deck.new,
                "learning": deck.learning,
                "review": deck.review,
                "cards": deck.cards,
                "seen": deck.seen,
                "suspended": deck.suspended,
                "problem": deck.problem,
            }
            for deck in overview.decks
        ],
    }


def _print_table(overview: Overview) -> None:
    if not overview.decks:
        say(due_line(overview))
        return
    rows = [["deck", "new", "learning", "review", "seen"]]
    rows += [
        [deck.title, str(deck.new), str(deck.learning), str(deck.review), f"{deck.seen}/{deck.cards}"]
        for deck in overview.decks
    ]
    say(*table(rows, right_aligned=(1, 2, 3, 4)), "", due_line(overview))


def due_line(overview: Overview) -> str:
    """One line: what is due today, or when something will be."""
    if not overview.decks:
        return "No deck is loaded. Name a folder of decks with --decks, or put deck files into ./decks."
    if overview.due:
        parts = [(overview.new, "new"), (overview.learning, "learning"), (overview.review, "review")]
        counts = ", ".join(f"{count} {name}" for count, name in parts if count)
        return f"Due today: {overview.due} ({counts}); answered: {overview.answered_today}. Start with: quizkorea study"
    then = f" The next card is due on {overview.next_due}." if overview.next_due else ""
    return f"Nothing is due today; answered: {overview.answered_today}.{then}"
