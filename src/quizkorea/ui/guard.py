"""Errors of the trainer on their way to the learner: a notice where the session can go on, else the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from quizkorea.core.errors import BackupFailed, DataError, QuizKoreaError, StoreFull, StoreLocked
from quizkorea.ui.messages import Failed
from quizkorea.ui.screens.base import BaseScreen

MENDABLE = (BackupFailed, StoreFull, StoreLocked)
"""Nothing was written, and the learner can see to it that the same key works when it is pressed again."""

_S = TypeVar("_S", bound=BaseScreen)
_P = ParamSpec("_P")
_Act = Callable[Concatenate[_S, _P], None]


def guarded(act: _Act[_S, _P]) -> _Act[_S, _P]:
    """For what a key does: what can be mended becomes a notice and the screen stays; other data errors are the end."""

    @wraps(act)
    def wrapper(screen: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            act(screen, *args, **kwargs)
        except MENDABLE as error:
            screen.complain(str(error))
        except DataError as error:
            screen.post_message(Failed(error))
        except QuizKoreaError as error:
            screen.notify(str(error), severity="warning", markup=False)

    return wrapper


def ending(act: _Act[_S, _P]) -> _Act[_S, _P]:
    """For what puts something on screen: there is nothing to stay at, so every data error is the end."""

    @wraps(act)
    def wrapper(screen: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            act(screen, *args, **kwargs)
        except DataError as error:
            screen.post_message(Failed(error))

    return wrapper
