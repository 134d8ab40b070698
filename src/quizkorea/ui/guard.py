"""Errors of the trainer on their way to the learner: a notice where the session can go on, else the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from textual.screen import Screen

from quizkorea.core.errors import DataError, QuizKoreaError
from quizkorea.ui.messages import Failed

_S = TypeVar("_S", bound=Screen[None])
_P = ParamSpec("_P")


def guarded(act: Callable[Concatenate[_S, _P], None]) -> Callable[Concatenate[_S, _P], None]:
    """Turn errors of a screen's action into a notice, or into `Failed` when the data cannot be used."""

    @wraps(act)
    def wrapper(screen: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            act(screen, *args, **kwargs)
        except DataError as error:
            screen.post_message(Failed(error))
        except QuizKoreaError as error:
            screen.notify(str(error), severity="warning", markup=False)

    return wrapper
