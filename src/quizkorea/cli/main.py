"""The command line: options before the verb, verbs loaded when they are called, errors turned into exit codes.

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 data problem, 130 interrupted (DESIGN §4).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from quizkorea import __version__
from quizkorea.cli.output import ReaderGone, is_interactive, prepare_streams, talk
from quizkorea.core.errors import DataError, QuizKoreaError
from quizkorea.trainer.facade import Trainer

EXIT_INTERRUPTED = 130
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")

_VERBS = {
    "study": "study the cards that are due",
    "due": "say what is due",
    "check": "check deck files, like a compiler",
    "flags": "list the cards that you flagged",
    "orphans": "cards that their decks no longer give",
    "backup": "copy the store now",
    "restore": "put a backup back, or list the backups",
    "doctor": "is everything safe, and what to do if not",
}


class LazyVerbs(click.Group):
    """Verbs by name; the module `quizkorea.cli.NAME` with its command `NAME` is imported when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The verbs in the order of the help."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb. Raises click's UsageError, with the nearest verb, for any other word."""
        if cmd_name not in _VERBS:
            from difflib import get_close_matches

            near = get_close_matches(cmd_name, _VERBS, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"The verbs are: {', '.join(_VERBS)}."
            raise click.UsageError(f"There is no verb {cmd_name!r}. {hint}", ctx)
        command: click.Command = getattr(import_module(f"quizkorea.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of verbs, without importing one."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(_VERBS.items()))


@click.group(cls=LazyVerbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", metavar="DIR", help="Where your store, settings and decks are (QUIZKOREA_HOME).")
@click.option("--decks", metavar="DIR", multiple=True, help="A folder of decks; may be repeated (QUIZKOREA_DECKS).")
@click.option("--learner", metavar="NAME", help="Study as somebody with a store of their own.")
@click.version_option(__version__, prog_name="quizkorea", message="%(prog)s %(version)s")
@click.pass_context
def quizkorea(ctx: click.Context, home: str | None, decks: tuple[str, ...], learner: str | None) -> None:
    """A flashcard and quiz trainer for the origins of the Korean War.

    Without a verb it opens the home screen; type `quizkorea study` to start at once.
    """
    ctx.obj = lambda: Trainer.from_environment(os.environ, home, decks, learner)
    if ctx.invoked_subcommand is None:
        if is_interactive():
            from quizkorea.cli.study import open_home

            ctx.exit(open_home(ctx.obj()))
        from quizkorea.cli.due import print_due

        print_due(ctx.obj(), as_json=False)


def run(argv: Sequence[str] | None = None) -> NoReturn:
    """The entry point: runs a command line and leaves with its exit code."""
    _end_like_ctrl_c()
    code = main(argv)
    for name in _ENDING:
        if hasattr(signal, name):  # all is said and saved: an interrupt in the last moments would only show a traceback
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    sys.exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code; what went wrong is said on stderr, never as a traceback."""
    prepare_streams()
    try:
        result = quizkorea.main(args=None if argv is None else list(argv), standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except QuizKoreaError as error:
        talk(f"quizkorea: {error}")
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        talk("Interrupted. Every answer so far is saved.")
        return EXIT_INTERRUPTED
    except ReaderGone:
        # what is left in the buffer goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        talk(f"quizkorea: {error.filename or 'the system'}: {error.strerror or error}. Check the path and its rights.")
        return DataError.exit_code
    except Exception as error:  # noqa: BLE001 - the last border: a fault of ours must not show a traceback
        return _own_fault(error)


def _end_like_ctrl_c() -> None:
    """A signal to end is an interrupt: what was begun is taken back, and a sentence says that all is saved."""

    def interrupt(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    for name in _ENDING[1:]:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # `nohup` ignores one of them
            signal.signal(number, interrupt)


def _own_fault(error: Exception) -> int:
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile("w", prefix="quizkorea-fault-", suffix=".txt", delete=False) as report:
            traceback.print_exception(error, file=report)
        told = f"Please report it with the file {report.name}"
    except OSError:
        told = "Please report it; no file with the particulars could be written."
    talk(
        f"quizkorea: a fault of the program, not yours: {type(error).__name__}: {error}",
        f"Every answer so far is saved. {told}",
    )
    return DataError.exit_code
