"""The one door to PyYAML: a parser's events, from libyaml where it is built in, else from the pure parser.

Importing this module imports yaml (20 ms), so others import it inside the function that needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from quizkorea.content.report import Region

__all__ = [
    "PARSE_ERRORS",
    "AliasEvent",
    "CollectionEndEvent",
    "CollectionStartEvent",
    "DocumentStartEvent",
    "Event",
    "MappingEndEvent",
    "MappingStartEvent",
    "NextEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "open_events",
    "region_of",
]

NextEvent = Callable[[], Event]
PARSE_ERRORS = (yaml.YAMLError, ValueError, OverflowError)
"""What a parser raises for a bad file; the last two come from impossible escapes in the pure parser."""


def open_events(data: bytes) -> NextEvent:
    """A function that gives the next event of a UTF-8 file each time it is called."""
    parser = getattr(yaml, "CLoader", yaml.Loader)(data)
    return cast(NextEvent, parser.get_event)


def region_of(event: Event) -> Region:
    """Where an event stands. Both parsers give every event its marks."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return Region(0, 0, 0, 1)
    return Region(start.line, start.column, end.line, end.column)
