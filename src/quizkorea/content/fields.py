"""One mapping of the tree, read key by key: the right shape or a finding, and None in either case of no value.

A reader asks for each key it knows; `REFUSED` values were reported in pass 1 and read as None without a word.
"""

from __future__ import annotations

from quizkorea.content import codes
from quizkorea.content.node import REFUSED, Node
from quizkorea.content.report import Notice, Report, TreePath, quoted
from quizkorea.core.notes import ID_MAX_LENGTH, is_id

_NUMBER_DIGITS = 9
_ID_HINT = "An id is lower-case letters and digits, joined by single hyphens: 'yalta-1945'."
_NOT_FLAGS = frozenset({"yes", "no", "on", "off", "y", "n", "1", "0", "t", "f"})
_TRUE_WORDS = frozenset({"yes", "on", "y", "1", "t", "true"})


class Fields:
    """A mapping at a place in the tree."""

    __slots__ = ("at", "data", "excused", "report")

    def __init__(self, data: dict[str, Node], at: TreePath, report: Report) -> None:
        self.data = data
        self.at = at
        self.report = report
        self.excused: set[str] = set()
        """Required keys that stand here misspelt; they are not reported as missing too."""

    def only(self, allowed: frozenset[str], elsewhere: dict[str, str] | None = None) -> None:
        """Report the keys that are not allowed here; `elsewhere` says of a key where it belongs."""
        if self.data.keys() <= allowed:
            return
        for key in self.data.keys() - allowed:
            if self.data[key] is REFUSED or self.report.full:
                continue
            free = allowed - self.data.keys()
            guess = self.report.guess(key, free) or self.report.guess(key, allowed)
            if guess is not None:
                self.excused.add(guess)
            hint = f"did you mean '{guess}'?" if guess else (elsewhere or {}).get(key, "")
            self.report.at_key(codes.UNKNOWN_KEY, (*self.at, key), f"unknown key {quoted(key)}", hint)

    def has(self, key: str) -> bool:
        """Whether the key is written, rightly or not."""
        return key in self.data

    def text(self, key: str) -> str | None:
        """An optional text."""
        value = self.data.get(key)
        if value is None or isinstance(value, str):
            return value
        self._wrong_shape((*self.at, key), f"'{key}'", "a text", value)
        return None

    def need(self, key: str, owner: str) -> str | None:
        """A required text; `owner` names the mapping in the finding."""
        value = self.data.get(key)
        if isinstance(value, str):
            return value
        if value is None:
            self.missing(key, owner)
        return self.text(key)

    def missing(self, key: str, owner: str) -> None:
        """Report that a required key is missing, unless it stands here misspelt."""
        if key not in self.excused:
            self.report.at_value(codes.MISSING_KEY, self.at, f"{owner} has no '{key}'", f"Add '{key}: …'.")

    def flag(self, key: str) -> bool | None:
        """An optional flag: exactly `true` or `false`."""
        value = self.text(key) if key in self.data else None
        if value is None:
            return None
        if value == "true" or value == "false":
            return value == "true"
        word = value.lower()
        meant = "true" if word in _TRUE_WORDS else "false" if word in _NOT_FLAGS or word == "false" else "true or false"
        message = f"'{key}' is {quoted(value)}, but a flag is exactly true or false"
        self.report.at_value(codes.NOT_A_FLAG, (*self.at, key), message, f"write {meant}")
        return None

    def number(self, key: str) -> int | None:
        """An optional number: digits."""
        value = self.text(key)
        if value is None:
            return None
        if value.isascii() and value.isdigit() and len(value) <= _NUMBER_DIGITS:
            return int(value)
        message = f"'{key}' is {quoted(value)}, but a number is written in digits"
        self.report.at_value(codes.NOT_A_NUMBER, (*self.at, key), message, "Write at most nine digits: '40'.")
        return None

    def name(self, key: str, owner: str) -> str | None:
        """A required id."""
        value = self.need(key, owner)
        return value if value is not None and self.valid_id(value, (*self.at, key)) else None

    def valid_id(self, value: str, at: TreePath, on_key: bool = False) -> bool:
        """Whether a text is an id; reported at its place if not."""
        if is_id(value):
            return True
        if len(value) > ID_MAX_LENGTH:
            message = f"this id has {len(value)} characters; {ID_MAX_LENGTH} are allowed"
        else:
            message = f"{quoted(value)} is not an id"
        self.report.add(Notice(codes.BAD_ID, message, _ID_HINT, at=at, on_key=on_key))
        return False

    def texts(self, key: str) -> tuple[str, ...]:
        """An optional list of texts; () if there is none or it is wrong."""
        value = self.data.get(key)
        if value is None:
            return ()
        entries = self.entries(key)
        texts = tuple([entry for entry in entries if isinstance(entry, str)])
        if len(texts) != len(entries):
            for index, entry in enumerate(entries):
                if not isinstance(entry, str):
                    self._wrong_shape((*self.at, key, index), f"an entry of '{key}'", "a text", entry)
        return texts

    def entries(self, key: str) -> list[Node]:
        """The entries of an optional list, [] if there is none or it is wrong. A list that is there is not empty."""
        value = self.data.get(key)
        if isinstance(value, list):
            if not value:
                self.report.at_key(codes.EMPTY_LIST, (*self.at, key), f"'{key}' is an empty list", "leave the key out")
            return value
        if value is not None:
            self._wrong_shape((*self.at, key), f"'{key}'", "a list", value)
        return []

    def mappings(self, key: str, entry_name: str) -> list[Fields]:
        """The entries of an optional list of mappings."""
        found = []
        for index, entry in enumerate(self.entries(key)):
            at = (*self.at, key, index)
            if isinstance(entry, dict):
                found.append(Fields(entry, at, self.report))
            else:
                self._wrong_shape(at, entry_name, "a mapping", entry)
        return found

    def mapping(self, key: str) -> Fields | None:
        """An optional mapping. One that is there is not empty."""
        value = self.data.get(key)
        at = (*self.at, key)
        if isinstance(value, dict):
            if not value:
                self.report.at_key(codes.EMPTY_LIST, at, f"'{key}' is an empty mapping", "leave the key out")
            return Fields(value, at, self.report)
        if value is not None:
            self._wrong_shape(at, f"'{key}'", "a mapping", value)
        return None

    def _wrong_shape(self, at: TreePath, what: str, expected: str, value: Node) -> None:
        """Report a value that is a text, list or mapping where another is expected."""
        if value is REFUSED:
            return
        given = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "a text"
        self.report.at_value(
            codes.WRONG_SHAPE, at, f"{what} is {given}, but {expected} is expected", _shape_hint(expected, value)
        )


def _shape_hint(expected: str, value: Node) -> str:
    """What to do about a value of the wrong shape."""
    if expected == "a text":
        if isinstance(value, dict):
            return "quote the text, it contains a colon" if len(value) == 1 else "Write one text."
        return "Write one text, without brackets or dashes; quote a text that begins with '[' or '-'."
    if expected == "a list":
        return "Write a list: '[one, two]', or entries on lines that begin with '- '."
    return "Write 'key: value' pairs, each on its line."
