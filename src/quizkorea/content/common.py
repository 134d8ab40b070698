"""What every note type needs: the keys all notes have, counts, and keys that come in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizkorea.content import codes
from quizkorea.content.bibliography import check_file_name
from quizkorea.content.citing import Names, read_citations, read_disputes
from quizkorea.content.fields import Fields
from quizkorea.content.report import Notice, TreePath, quoted
from quizkorea.core.notes import is_id
from quizkorea.core.text import normal_form

COMMON_KEYS = frozenset({"id", "type", "tags", "explanation", "cite", "disputed", "image", "alt", "was"})


@dataclass(slots=True)
class NoteFields:
    """One entry of `notes` while it is read."""

    fields: Fields
    owner: str
    """What findings call it: `the note 'yalta'`."""
    common: dict[str, Any]
    """The keyword arguments that every note type takes."""
    names: Names
    has_id: bool


def read_common(fields: Fields, line: int, names: Names, folder: Path) -> NoteFields:
    """Read what every note has. `line` is the note's first line."""
    name = fields.name("id", "this note")
    common: dict[str, Any] = {"id": name or "", "line": line}
    data = fields.data
    if "tags" in data:
        common["tags"] = fields.texts("tags")
    if "explanation" in data:
        common["explanation"] = fields.text("explanation")
    if "cite" in data:
        common["citations"] = read_citations(fields, names)
    if "disputed" in data:
        common["disputes"] = read_disputes(fields, names)
    if "was" in data:
        common["was"] = read_was(fields, deck=False)
    if "image" in data or "alt" in data:
        common["image"], common["alt"] = _read_image(fields, folder)
    return NoteFields(fields, f"the note '{name}'" if name else "this note", common, names, name is not None)


def read_was(fields: Fields, deck: bool) -> tuple[str, ...]:
    """The earlier names of a note (`old-id`, `old-deck/old-id`) or of a deck (`old-slug`)."""
    names = fields.texts("was")
    for index, name in enumerate(fields.entries("was") if names else ()):
        if not isinstance(name, str):
            continue
        parts = name.split("/")
        if len(parts) <= (1 if deck else 2) and all(is_id(part) for part in parts):
            continue
        hint = "Write the earlier slug: 'old-slug'." if deck else "Write 'old-id' or 'old-deck/old-id'."
        fields.report.at_value(
            codes.BAD_WAS, (*fields.at, "was", index), f"{quoted(name)} is not an earlier name", hint
        )
    return names


def check_together(fields: Fields, one: str, other: str) -> None:
    """Two optional keys stand both or not at all."""
    if fields.has(one) != fields.has(other) and not fields.excused & {one, other}:
        there, absent = (one, other) if fields.has(one) else (other, one)
        message = f"'{there}' stands without '{absent}'"
        fields.report.at_key(
            codes.KEYS_TOGETHER, (*fields.at, there), message, f"Add '{absent}: …', or leave both out."
        )


def check_count(fields: Fields, key: str, least: int, most: int | None) -> None:
    """A list that is there has so many entries; an empty or wrong one is already reported."""
    value = fields.data.get(key)
    if not isinstance(value, list) or not value or (least <= len(value) and (most is None or len(value) <= most)):
        return
    allowed = f"{least} to {most}" if most is not None else f"at least {least}"
    message = f"'{key}' has {len(value)} entr{'y' if len(value) == 1 else 'ies'}; {allowed} are allowed"
    hint = "Add entries." if len(value) < least else "Leave entries out, or make two notes."
    fields.report.at_key(codes.WRONG_COUNT, (*fields.at, key), message, hint)


def check_typable(fields: Fields, key: str, in_list: bool = False) -> None:
    """An answer holds something to compare, and an item of a list no `;`, which would split what is typed."""
    text = fields.data.get(key)
    if not isinstance(text, str):
        return
    at = (*fields.at, key)
    if in_list and any(mark in text for mark in ";；"):
        message = "an item with a semicolon can never be typed: learners separate items by ';'"
        fields.report.at_value(codes.CANNOT_BE_TYPED, at, message, "Write the item without it.")
    elif not any(character.isalnum() for character in text) and not normal_form(text):
        message = f"{quoted(text)} holds nothing that a typed answer could be compared with"
        fields.report.at_value(codes.CANNOT_BE_TYPED, at, message, "Write it in letters or digits.")


def check_repeats(entries: Sequence[Fields], what: str) -> None:
    """No two entries of a list have the same text."""
    seen: dict[str, TreePath] = {}
    for entry in entries:
        text = entry.data.get("text")
        if not isinstance(text, str):
            continue
        plain, at = " ".join(text.casefold().split()), (*entry.at, "text")
        if plain in seen:
            message = f"two {what} read the same: {quoted(text)}"
            entry.report.add(Notice(codes.REPEATED_ENTRY, message, "Change or delete one.", at=at, first=seen[plain]))
        seen.setdefault(plain, at)


def _read_image(fields: Fields, folder: Path) -> tuple[str | None, str | None]:
    """`image` and `alt`, which stand together."""
    check_together(fields, "image", "alt")
    image, alt = fields.text("image"), fields.text("alt")
    if image is not None and check_file_name(fields, "image", image) and not _is_file(folder, image):
        message = f"the image {quoted(image)} is not there"
        fields.report.at_value(codes.IMAGE_MISSING, (*fields.at, "image"), message, "Put it beside the deck.")
    return image, alt


def _is_file(folder: Path, name: str) -> bool:
    try:
        return (folder / name).is_file()
    except (OSError, ValueError):
        return False
