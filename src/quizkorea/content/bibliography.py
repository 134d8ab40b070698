"""`sources.yaml`: the sources and holders that the decks of one folder share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TypeVar

from quizkorea.content import codes
from quizkorea.content.fields import Fields
from quizkorea.content.report import TreePath, quoted
from quizkorea.core.notes import Bibliography, Holder, Source

FORMAT = 1
_TOP_KEYS = frozenset({"format", "sources", "holders"})
_SOURCE_KEYS = frozenset(
    {"author", "title", "year", "kind", "publisher", "pages", "locators", "text", "attribution", "url", "note"}
)
_HOLDER_KEYS = frozenset({"name", "aliases"})
_RANGE = re.compile(r"([0-9]{1,6})-([0-9]{1,6})\Z")
_DRIVE = re.compile(r"[A-Za-z]:")
_URL = re.compile(r"https?://[^\s/]+\S*\Z")
_DECK_ELSEWHERE = dict.fromkeys(("deck", "notes"), "This file is the bibliography; a deck needs another file name.")
Entry = TypeVar("Entry", Source, Holder)


def read_bibliography_tree(fields: Fields) -> Bibliography:
    """The entries that are whole, and a finding for each that is not."""
    fields.only(_TOP_KEYS, _DECK_ELSEWHERE)
    check_format(fields, "sources.yaml")
    if not fields.has("sources"):
        fields.missing("sources", "sources.yaml")
    return Bibliography(_table(fields, "sources", _source), _table(fields, "holders", _holder))


def check_format(fields: Fields, owner: str) -> None:
    """`format` is 1; a higher number was written for a newer program."""
    value = fields.need("format", owner)
    if value is None or value == str(FORMAT):
        return
    at = (*fields.at, "format")
    if value.isascii() and value.isdigit() and value.strip("0") and (len(value) > 1 or int(value) > FORMAT):
        message = f"format {quoted(value)} was made for a newer quizkorea; this one reads format {FORMAT}"
        fields.report.at_value(codes.NEWER_FORMAT, at, message, "Update quizkorea.")
    else:
        fields.report.at_value(codes.BAD_FORMAT, at, f"{quoted(value)} is no format", f"Write 'format: {FORMAT}'.")


def check_file_name(fields: Fields, key: str, name: str) -> bool:
    """Whether a text names a file in or below the folder; an absolute path or one with `..` is refused."""
    path = PurePosixPath(name)
    if not (path.is_absolute() or ".." in path.parts or "\\" in name or _DRIVE.match(name)):
        return True
    message = f"{quoted(name)} is not a file name within the folder"
    hint = "Write a name such as 'map.png' or 'images/map.png'."
    fields.report.at_value(codes.BAD_FILE_NAME, (*fields.at, key), message, hint)
    return False


def _table(fields: Fields, key: str, read: Callable[[Fields, str], Entry | None]) -> dict[str, Entry]:
    """A mapping from id to entry."""
    table = fields.mapping(key)
    if table is None:
        return {}
    return {name: entry for name, inner in _entries(table) if (entry := read(inner, name)) is not None}


def _entries(table: Fields) -> Iterator[tuple[str, Fields]]:
    """The entries of a table whose ids are ids and whose values are mappings."""
    for name in table.data:
        at: TreePath = (*table.at, name)
        valid = table.valid_id(name, at, on_key=True)
        inner = table.mapping(name)
        if valid and inner is not None:
            yield name, inner


def _source(fields: Fields, name: str) -> Source | None:
    fields.only(_SOURCE_KEYS)
    owner = f"the source '{name}'"
    author, title = fields.need("author", owner), fields.need("title", owner)
    year, kind = fields.need("year", owner), fields.need("kind", owner)
    text, url = fields.text("text"), fields.text("url")
    if text is not None:
        check_file_name(fields, "text", text)
    if url is not None and _URL.match(url) is None:
        hint = "Write the whole address, beginning with https://."
        fields.report.at_value(codes.BAD_URL, (*fields.at, "url"), f"{quoted(url)} is not a web address", hint)
    pages, inferred = _pages(fields), _inferred(fields)
    locators, publisher, note = fields.texts("locators"), fields.text("publisher"), fields.text("note")
    if author is None or title is None or year is None or kind is None:
        return None
    return Source(name, author, title, year, kind, publisher, pages, locators, text, inferred, url, note)


def _pages(fields: Fields) -> tuple[int, int] | None:
    """`pages: 1-83`; a single page is written `1-1`."""
    value = fields.text("pages")
    if value is None:
        return None
    pages = _RANGE.match(value)
    if pages is not None and int(pages[1]) <= int(pages[2]):
        return int(pages[1]), int(pages[2])
    hint = "Write the first and the last page: '1-83'."
    fields.report.at_value(codes.BAD_PAGES, (*fields.at, "pages"), f"{quoted(value)} is not a range of pages", hint)
    return None


def _inferred(fields: Fields) -> bool:
    """`attribution: inferred`, the only thing an attribution may say."""
    value = fields.text("attribution")
    if value is None or value == "inferred":
        return value is not None
    message = f"{quoted(value)} is not an attribution"
    hint = "Write 'attribution: inferred' if the author is not named in the text; else leave the key out."
    fields.report.at_value(codes.BAD_ATTRIBUTION, (*fields.at, "attribution"), message, hint)
    return False


def _holder(fields: Fields, name: str) -> Holder | None:
    fields.only(_HOLDER_KEYS)
    full_name, aliases = fields.need("name", f"the holder '{name}'"), fields.texts("aliases")
    return None if full_name is None else Holder(name, full_name, aliases)
