"""Pass 1: a deck file's events straight into plain dicts, lists and texts, and all that YAML must not do in a deck.

Every scalar is text, stripped at both ends. What is refused is replaced by `REFUSED`, so that the readers say nothing
about it a second time. Recursion is bounded by MAX_DEPTH; aliases are refused and never expanded.
"""

from __future__ import annotations

from quizkorea.content import codes, syntax
from quizkorea.content.events import (
    PARSE_ERRORS,
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    open_events,
    region_of,
)
from quizkorea.content.node import REFUSED, Node, Refused, Tree
from quizkorea.content.report import Notice, Region, Report, TreePath, quoted
from quizkorea.content.textfile import TextFile, control_in, name_of_control

MAX_DEPTH = 20
FLOW_WORDS = 4
MAX_VALUES = 500_000
"""More than 8 MB of ordinary notes hold; two bytes each would otherwise keep the program busy for many seconds."""
_COMMA_HINT = "did a comma split this text? quote it"


class _Stop(Exception):
    """Reading ends here; the reason is already reported."""


def read_tree(file: TextFile, report: Report) -> Tree:
    """The tree of a file; all that is wrong with the YAML goes into the report. Never raises."""
    builder = _Builder(file, report)
    try:
        builder.read()
    except _Stop:
        pass
    except PARSE_ERRORS as error:
        report.add(syntax.explain(error, file))
    return builder.tree


class _Builder:
    """Walks the events once. A container is hung into the tree before it is filled, so an error leaves a part."""

    def __init__(self, file: TextFile, report: Report) -> None:
        self.tree = Tree()
        self._report = report
        self._get = open_events(file.data)
        self._trail: list[str | int] = []
        self._escapes = b"\\" in file.data
        self._left = MAX_VALUES

    def read(self) -> None:
        """Read the one document of the file."""
        get = self._get
        get()
        if isinstance(get(), StreamEndEvent):
            self._stop(codes.EMPTY_FILE, None, "the file is empty", "A deck begins with 'format: 1'.")
        self._root(get())
        self.tree.whole = True
        get()
        after = get()
        if isinstance(after, DocumentStartEvent):
            self._stop(codes.SECOND_DOCUMENT, after, "a second document begins here", "One file holds one deck.")

    def _root(self, event: Event) -> None:
        """The top level, which must be a mapping."""
        if isinstance(event, MappingStartEvent):
            self._refuse_marks(event)
            self.tree.root = {}
            self._mapping(self.tree.root, event.flow_style is True)
            return
        if isinstance(event, ScalarEvent) and not event.value and not event.style:
            self._stop(codes.EMPTY_FILE, None, "the file is empty", "A deck begins with 'format: 1'.")
        what = "a list" if isinstance(event, SequenceStartEvent) else "a text"
        self._stop(codes.NOT_A_MAPPING, event, f"the file is {what}, not a mapping", "It begins with 'format: 1'.")

    def _mapping(self, data: dict[str, Node], flow: bool) -> None:
        """Fill a mapping from the events up to its end."""
        get = self._get
        while True:
            event = get()
            if isinstance(event, ScalarEvent):
                key = event.value
                if not key or key == "<<" or event.anchor is not None or event.tag is not None:
                    self._odd_key(event)
                if key in data:
                    self._duplicate(key, event)
                    target: dict[str, Node] = {}
                else:
                    target = data
                    if len(data) > self._left:
                        self._too_many()
            elif isinstance(event, MappingEndEvent):
                return
            else:
                key, target = self._odd_key(event), {}
            self._value(target, key, event, flow)

    def _value(self, target: dict[str, Node], key: str, key_event: Event, flow: bool) -> None:
        """Read the value of a key into the mapping."""
        event = self._get()
        if isinstance(event, ScalarEvent):
            value = event.value.strip()
            if not value or value == "~" or flow or self._escapes or event.anchor is not None or event.tag is not None:
                checked = self._checked(event, value, flow, key_event)
                if key != "<<" and not (checked is REFUSED and flow and " " in key):
                    target[key] = checked
            else:
                target[key] = value
        else:
            self._collection(event, target, key)
        if key == "<<" or not key:
            target.pop(key, None)

    def _sequence(self, items: list[Node], flow: bool) -> None:
        """Fill a list from the events up to its end."""
        get = self._get
        lines = self.tree.note_lines if self._trail == ["notes"] else None
        while True:
            event = get()
            if isinstance(event, SequenceEndEvent):
                return
            if len(items) > self._left:
                self._too_many()
            if lines is not None:
                lines.append(region_of(event).line + 1)
            if isinstance(event, ScalarEvent):
                value = event.value.strip()
                if not value or value == "~" or flow or self._escapes or event.anchor is not None or event.tag:
                    items.append(self._checked(event, value, flow, None))
                else:
                    items.append(value)
            else:
                self._collection(event, items, len(items))

    def _collection(self, event: Event, parent: dict[str, Node] | list[Node], key: str | int) -> None:
        """Read a mapping or a list (or refuse an alias) and hang it into its parent."""
        node: Node
        if isinstance(event, AliasEvent):
            hint = "Write the value out; if a text begins with *, quote it."
            self._mark(codes.ALIAS, event, "aliases (*) are not used in decks", hint)
            node = REFUSED
        elif isinstance(event, MappingStartEvent):
            node = {}
        else:
            node = []
        if isinstance(parent, list):
            parent.append(node)
        elif isinstance(key, str):
            parent[key] = node
        if isinstance(node, Refused):
            return
        self._refuse_marks(event)
        self._trail.append(key)
        if len(self._trail) >= MAX_DEPTH:
            self._stop(
                codes.TOO_DEEP, event, f"nested deeper than {MAX_DEPTH}", "A deck needs six levels; a bracket too many?"
            )
        flow = getattr(event, "flow_style", None) is True
        if isinstance(node, dict):
            self._mapping(node, flow)
        else:
            self._sequence(node, flow)
        self._trail.pop()
        self._left -= 1 + len(node)

    def _checked(self, event: ScalarEvent, value: str, flow: bool, key: Event | None) -> Node:
        """A scalar that may be wrong: the text, or REFUSED."""
        refused = self._refuse_marks(event)
        if not value or (value == "~" and not event.style):
            if not refused:
                self._empty(event, flow, key)
            return REFUSED
        control = control_in(value) if self._escapes and event.style == '"' else None
        if control is not None:
            message = f"this escape writes the control character {name_of_control(control)}, which is not allowed"
            self._mark(codes.CONTROL_CHARACTER, event, message, "Delete it.")
            return REFUSED
        if flow and not event.style and len(value.split(None, FLOW_WORDS)) > FLOW_WORDS:
            message = f"an unquoted text of more than {FLOW_WORDS} words in brackets: a comma would split it"
            self._mark(codes.LONG_FLOW_TEXT, event, message, "Quote it, or write the list in lines with '- '.")
        return value

    def _empty(self, event: ScalarEvent, flow: bool, key: Event | None) -> None:
        """A value that is not there, reported at its key."""
        if key is None:
            self._mark(codes.EMPTY_VALUE, event, "an empty entry", "leave the entry out")
            return
        name = quoted(key.value) if isinstance(key, ScalarEvent) else "a key"
        self._mark(codes.EMPTY_VALUE, key, f"{name} has no value", _COMMA_HINT if flow else "leave the key out")

    def _odd_key(self, event: Event) -> str:
        """A key that is refused, read to its end; "" for one that is no text."""
        if isinstance(event, ScalarEvent):
            if event.value == "<<":
                self._mark(codes.MERGE_KEY, event, "merge keys (<<) are not used in decks", "Write the keys out.")
            elif not self._refuse_marks(event) and not event.value:
                self._mark(codes.KEY_NOT_TEXT, event, "a key is missing before this ':'", "Write the key before ':'.")
            return event.value
        if isinstance(event, AliasEvent):
            self._mark(codes.ALIAS, event, "aliases (*) are not used in decks", "Write the key out.")
        else:
            self._mark(codes.KEY_NOT_TEXT, event, "a key must be plain text, not a list or a mapping", "")
            self._collection(event, [], 0)
        return ""

    def _refuse_marks(self, event: Event) -> bool:
        """Refuse an anchor or tag; whether there was one."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            hint = "Write the value out where it is used; if a text begins with &, quote it."
            self._mark(codes.ANCHOR, event, f"anchors (&{anchor[:40]}) are not used in decks", hint)
        if tag is not None:
            message = "tags (!) are not used in decks: every value is text"
            self._mark(codes.TAG, event, message, "Leave the tag out; if a text begins with !, quote it.")
        return anchor is not None or tag is not None

    def _duplicate(self, key: str, event: Event) -> None:
        """A key that its mapping already has; the first one counts."""
        region = region_of(event)
        first: TreePath = (*self._trail, key)
        message = f"the key {quoted(key)} is written twice"
        self._report.add(
            Notice(codes.DUPLICATE_KEY, message, "Delete one of them.", region, first=first, first_on_key=True)
        )

        if self._report.full:
            raise _Stop

    def _too_many(self) -> None:
        message = f"the file holds more than {MAX_VALUES} values"
        self._stop(codes.TOO_MANY_VALUES, None, message, "Split it into several decks.")

    def _mark(self, code: codes.Code, event: Event, message: str, hint: str) -> None:
        self._report.at_region(code, region_of(event), message, hint)
        if self._report.full:
            raise _Stop

    def _stop(self, code: codes.Code, event: Event | None, message: str, hint: str) -> None:
        """Report what makes further reading pointless, and stop."""
        if event is None:
            self._report.add(Notice(code, message, hint, Region(0, 0, 0, 1)))
        else:
            self._mark(code, event, message, hint)
        raise _Stop
