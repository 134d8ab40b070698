"""A deck file as text: read whole, within limits, and refused by name of the byte that is wrong.

Lines end with LF, CRLF or CR and nothing else (libyaml would also count NEL, LS and PS, which editors do not: they
are refused as control characters, so that everyone counts the same lines). A byte-order mark is no part of the text.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from quizkorea.content import codes
from quizkorea.content.codes import Code
from quizkorea.content.findings import Finding, Span, make_finding

MAX_BYTES = 8 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_NAMES = {
    0x0B: "vertical tab",
    0x1B: "escape",
    0x85: "next line",
    0x2028: "line separator",
    0x2029: "paragraph separator",
}


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that could be read: its text without a byte-order mark, and the same as UTF-8."""

    path: Path
    text: str
    data: bytes

    def lines(self, wanted: Set[int]) -> dict[int, str]:
        """Some lines by their 0-based numbers, without their ends; what is behind the last line is left out.

        One walk, and no list of all lines: 8 MB can be four million of them.
        """
        final = self.line_count() - 1
        found = {final: self.last_line()} if final in wanted else {}
        last = max((number for number in wanted if number < final), default=-1)
        start = 0
        for number, end in enumerate(_LINE_END.finditer(self.text)):
            if number > last:
                break
            if number in wanted:
                found[number] = self.text[start : end.start()]
            start = end.end()
        return found

    def last_line(self) -> str:
        """What stands behind the last line end; "" if the file ends with one."""
        return self.text[max(self.text.rfind("\n"), self.text.rfind("\r")) + 1 :]

    def line_count(self) -> int:
        """How many lines there are; a line end at the end of the file begins one more, an empty one."""
        text = self.text
        return 1 + text.count("\n") + (text.count("\r") - text.count("\r\n") if "\r" in text else 0)


def read_text(path: Path) -> TextFile | Finding:
    """The text of a file, or the finding that says why it cannot be a deck. Never raises for a bad file."""
    data = _read_bytes(path)
    if isinstance(data, Finding):
        return data
    if data.startswith(_WIDE_MARKS) or _looks_wide(data):
        message = "the file is UTF-16 or UTF-32, not UTF-8"
        return make_finding(
            codes.WIDE_ENCODING, path, Span(), message, "In the editor, save it with the encoding UTF-8."
        )
    data = data.removeprefix(_BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _bad_byte(path, data, error)
    control = _CONTROL.search(text)
    return TextFile(path, text, data) if control is None else _control_finding(path, text, control.start())


def control_in(text: str) -> int | None:
    """The first control character in a text, as its number; None if there is none."""
    found = _CONTROL.search(text)
    return ord(found.group()) if found else None


def name_of_control(number: int) -> str:
    """`U+001B (escape)`."""
    name = _NAMES.get(number)
    return f"U+{number:04X} ({name})" if name else f"U+{number:04X}"


def _read_bytes(path: Path) -> bytes | Finding:
    """The bytes of an ordinary file of at most MAX_BYTES. A larger one is refused before it is read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no ordinary file"
            return _whole(codes.CANNOT_READ, path, f"the file cannot be read: it is {what}")
        if status.st_size > MAX_BYTES:
            return _too_large(path)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "the name is not valid"
        return _whole(codes.CANNOT_READ, path, f"the file cannot be read: {reason[:1].lower()}{reason[1:]}")
    return _too_large(path) if len(data) > MAX_BYTES else data


def _too_large(path: Path) -> Finding:
    return _whole(codes.TOO_LARGE, path, "the file is larger than 8 MB", "Split it into several decks.")


def _whole(code: Code, path: Path, message: str, hint: str = "") -> Finding:
    """A finding about a file as a whole."""
    return make_finding(code, path, Span(), message, hint)


def _looks_wide(data: bytes) -> bool:
    """Whether a file without a mark is nevertheless UTF-16: every second byte of its first words is zero."""
    head = data[:64]
    return len(head) >= 4 and (not any(head[0:8:2]) or not any(head[1:8:2])) and any(head)


def _bad_byte(path: Path, data: bytes, error: UnicodeDecodeError) -> Finding:
    before = data[: error.start].decode("utf-8")
    tail = data[error.start : error.start + 200].decode("utf-8", "replace")
    message = f"the byte 0x{data[error.start]:02X} is not valid UTF-8"
    hint = "In the editor, save the file with the encoding UTF-8."
    return _at(codes.NOT_UTF8, path, before, tail, message, hint)


def _control_finding(path: Path, text: str, start: int) -> Finding:
    message = f"the control character {name_of_control(ord(text[start]))} is not allowed"
    return _at(codes.CONTROL_CHARACTER, path, text[:start], text[start : start + 200], message, "Delete it.")


def _at(code: Code, path: Path, before: str, tail: str, message: str, hint: str) -> Finding:
    """A finding at the first character of `tail`, which follows `before`."""
    lines = _LINE_END.split(before)
    line_start = lines[-1]
    rest = _LINE_END.split(tail, maxsplit=1)[0]
    span = Span(len(lines), len(line_start) + 1, len(line_start) + 2)
    return make_finding(code, path, span, message, hint, source_line=line_start + rest)
