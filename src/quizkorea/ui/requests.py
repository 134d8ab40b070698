"""What the caller may ask the front end to begin with."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizkorea.core.session import Limits
from quizkorea.trainer.today import Selection


@dataclass(frozen=True, slots=True)
class StudyRequest:
    """A session to begin: which slice of the course, how long, and whether the schedule is left alone."""

    selection: Selection = field(default_factory=Selection)
    limits: Limits = field(default_factory=Limits)
    new_limit: int | None = None
    cram: bool = False
