"""Pass 2: the exact place of chosen keys and values, from the same events, and with it the finished findings.

Only files with findings come here. The walk goes down only where something is wanted and ends with the last of it.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from quizkorea.content.events import (
    PARSE_ERRORS,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NextEvent,
    ScalarEvent,
    SequenceEndEvent,
    open_events,
    region_of,
)
from quizkorea.content.findings import Finding, Span, make_finding
from quizkorea.content.report import Notice, Region, TreePath
from quizkorea.content.textfile import TextFile

MAX_LOOKED_UP = 200
"""Lines of one value in which the place of a fault is looked up."""
Want = tuple[TreePath, bool]
"""A path, and whether its key is wanted rather than its value."""


@dataclass(slots=True)
class _Branch:
    """A wanted path and those below it."""

    path: TreePath
    wanted: set[bool] = field(default_factory=set)
    """Whether its key (True) and its value (False) are wanted."""
    below: dict[str | int, _Branch] = field(default_factory=dict)


def locate(file: TextFile, wanted: Set[Want]) -> dict[Want, Region]:
    """Where keys and values stand; what is not found is left out. Of a key written twice the first one counts."""
    root = _Branch(())
    for path, on_key in wanted:
        branch = root
        for length, step in enumerate(path, 1):
            branch = branch.below.setdefault(step, _Branch(path[:length]))
        branch.wanted.add(on_key)
    walker = _Walker(open_events(file.data), len(wanted))
    try:
        walker.document(root)
    except (_Done, *PARSE_ERRORS):
        pass  # all is found, or the file ends in an error that pass 1 has reported
    return walker.found


class _Done(Exception):
    """All that is wanted is found."""


class _Walker:
    """Walks the events along the branches."""

    def __init__(self, get: NextEvent, wanted: int) -> None:
        self.found: dict[Want, Region] = {}
        self._get = get
        self._wanted = wanted

    def document(self, root: _Branch) -> None:
        """Walk the first document."""
        self._get()
        if isinstance(self._get(), DocumentStartEvent):  # an empty file has no document
            self._node(self._get(), root)

    def _node(self, event: Event, branch: _Branch | None) -> None:
        """Walk one value to its end and note its place if it is wanted."""
        if isinstance(event, CollectionStartEvent):
            if branch is None:
                self._skip()
                return
            if isinstance(event, MappingStartEvent):
                self._mapping(event, branch)
            else:
                self._sequence(event, branch)
        elif branch is not None:
            self._note(branch, False, region_of(event))

    def _note(self, branch: _Branch, on_key: bool, region: Region) -> None:
        """Keep a place if it is wanted; the walk ends with the last one."""
        want = (branch.path, on_key)
        if on_key in branch.wanted and want not in self.found:
            self.found[want] = region
            if len(self.found) == self._wanted:
                raise _Done

    def _mapping(self, start: Event, branch: _Branch) -> None:
        """Walk a mapping to its end. In block style its first key stands for it, else all from bracket to bracket."""
        get, flow = self._get, getattr(start, "flow_style", None) is True
        seen: set[str] = set()
        is_first = True
        while not isinstance(event := get(), MappingEndEvent):
            if is_first and not flow:
                self._note(branch, False, region_of(event))
            is_first = False
            child = None
            if isinstance(event, ScalarEvent):
                child = branch.below.get(event.value) if event.value not in seen else None
                seen.add(event.value)
            elif isinstance(event, CollectionStartEvent):
                self._skip()
            if child is not None:
                self._note(child, True, region_of(event))
            self._node(get(), child)
        self._note(branch, False, _to_end(region_of(start), event))

    def _sequence(self, start: Event, branch: _Branch) -> None:
        """Walk a list to its end. In block style its first hyphen stands for it."""
        if getattr(start, "flow_style", None) is not True:
            self._note(branch, False, region_of(start))
        index = 0
        while not isinstance(event := self._get(), SequenceEndEvent):
            self._node(event, branch.below.get(index))
            index += 1
        self._note(branch, False, _to_end(region_of(start), event))

    def _skip(self) -> None:
        """Go on behind the collection whose start was just read."""
        get = self._get
        depth = 1
        while depth:
            event = get()
            if isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1


def _to_end(start: Region, end: Event) -> Region:
    stop = region_of(end)
    return Region(start.line, start.column, stop.end_line, stop.end_column)


def finish(file: TextFile, notices: list[Notice]) -> list[Finding]:
    """The findings of a file that could be read, each with its place and its line."""
    if not notices:
        return []
    wants = {(notice.at, notice.on_key) for notice in notices if notice.region is None}
    wants |= {(notice.first, notice.first_on_key) for notice in notices if notice.first is not None}
    places = locate(file, wants) if wants else {}
    end = _end_of(file)
    regions = [_before(end, notice.region or _nearest(places, notice)) for notice in notices]
    lines = file.lines(_line_numbers(regions, notices))
    return [_finish_one(file, lines, places, notice, region) for notice, region in zip(notices, regions, strict=True)]


def _finish_one(
    file: TextFile, lines: dict[int, str], places: dict[Want, Region], notice: Notice, region: Region
) -> Finding:
    span = _span(lines.get(region.line, ""), region)
    if notice.offset is not None:
        span = _within(lines, region, notice.value, notice.offset) or span
    message = notice.message
    if notice.first is not None and (first := places.get((notice.first, notice.first_on_key))) is not None:
        message = f"{message}, first written on line {first.line + 1}"
    source_line = lines.get(span.line - 1, "")
    return make_finding(notice.code, file.path, span, message, notice.hint, source_line=source_line)


def _nearest(places: dict[Want, Region], notice: Notice) -> Region:
    """The place of a notice; an entry of a list has no key, so its value stands for it."""
    return places.get((notice.at, notice.on_key)) or places.get((notice.at, False)) or Region(0, 0, 0, 1)


def _end_of(file: TextFile) -> Region:
    """The place behind the last character of the last line that has any."""
    text = file.text.rstrip("\r\n") or file.text
    ended = TextFile(file.path, text, b"")
    last, length = ended.line_count() - 1, len(ended.last_line())
    return Region(last, length, last, length + 1)


def _before(end: Region, region: Region) -> Region:
    """The region itself, or the end of the file if it stands behind that."""
    return end if region.line > end.line else region


def _line_numbers(regions: list[Region], notices: list[Notice]) -> set[int]:
    """The lines to be shown, and those in which a part of a value is looked up."""
    numbers = {region.line for region in regions}
    for region, notice in zip(regions, notices, strict=True):
        if notice.offset is not None:
            numbers.update(range(region.line, min(region.end_line, region.line + MAX_LOOKED_UP) + 1))
    return numbers


def _span(text: str, region: Region) -> Span:
    """A region cut to its first line."""
    end = region.end_column if region.end_line == region.line else len(text.rstrip())
    start = min(region.column, len(text))
    return Span(region.line + 1, start + 1, max(end, start + 1) + 1)


def _within(lines: dict[int, str], region: Region, value: str, offset: int) -> Span | None:
    """The place of a character of a value in the file, however the value is quoted or folded; None if it is not clear.

    The word that begins at `offset` is looked up, as often as it stands before in the value.
    """
    rest = value[offset:].split(None, 1)
    if not rest:
        return None
    word = rest[0][:24]
    nth = value.count(word, 0, offset)
    for index in range(region.line, min(region.end_line, region.line + MAX_LOOKED_UP) + 1):
        text = lines.get(index, "")
        stop = region.end_column if index == region.end_line else len(text)
        start = text.find(word, region.column if index == region.line else 0, stop)
        while start >= 0:
            if nth == 0:
                return Span(index + 1, start + 1, start + 1 + len(word))
            nth -= 1
            start = text.find(word, start + len(word), stop)
    return None
