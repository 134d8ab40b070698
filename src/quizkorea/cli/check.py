"""`check`: all findings in all deck files, like a compiler; the store is neither needed nor touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from quizkorea.cli.output import say, talk
from quizkorea.content.folder import CheckReport, check_paths
from quizkorea.content.rendering import render_finding
from quizkorea.core.counting import counted
from quizkorea.trainer.facade import Trainer


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--strict", is_flag=True, help="Warnings count as findings too.")
@click.pass_context
def check(ctx: click.Context, paths: tuple[str, ...], strict: bool) -> None:
    """Check folders of decks, or single deck files; today's folders if none is named.

    Exit code 1 if there are errors (with --strict: or warnings).
    """
    make_trainer: Callable[[], Trainer] = ctx.obj
    folders = [Path(path) for path in paths] or [_shortened(folder) for folder in make_trainer().folders]
    report = check_paths(folders)
    for finding in report.findings:
        say(render_finding(finding))
    talk(*_shadowed(report), _summary(report))
    if report.errors or (strict and report.warnings):
        ctx.exit(1)


def _shortened(folder: Path) -> Path:
    """Relative to here where that is shorter to read."""
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder


def _shadowed(report: CheckReport) -> list[str]:
    """The decks that are not used because an earlier folder has the same slug."""
    first: dict[str, Path] = {}
    lines = []
    for file in report.deck_files:
        slug = file.deck_slug_seen
        if slug is None:
            continue
        winner = first.setdefault(slug, file.path)
        if winner.parent != file.path.parent:
            lines.append(f"{file.path} is not used: {winner} has the deck {slug!r} too, in an earlier folder.")
    return lines


def _summary(report: CheckReport) -> str:
    counts = f"{counted(report.decks, 'deck')}, {counted(report.notes, 'note')}, {counted(report.cards, 'card')}"
    if not report.errors and not report.warnings:
        return f"{counts}: sound, nothing to mend."
    return f"{counts}: {counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}."
