"""Findings between the files of one folder: one slug twice, and earlier names that are present or claimed twice.

Each names the files it depends on, so that a caller who keeps findings knows when to ask anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quizkorea.content import codes
from quizkorea.content.codes import Code
from quizkorea.content.deckfile import DeckFile
from quizkorea.content.findings import Finding, Span, in_order, make_finding
from quizkorea.content.names import Claim
from quizkorea.content.report import Notice, TreePath, listed
from quizkorea.content.textfile import read_text


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A finding in one file because of others, its place still to be looked up."""

    path: Path
    code: Code
    at: TreePath
    message: str
    hint: str
    others: tuple[Path, ...]


def cross_findings(deck_files: Iterable[DeckFile]) -> tuple[Finding, ...]:
    """The findings between deck files of the same folder, in order. All files of a folder should be given."""
    folders: dict[Path, list[DeckFile]] = {}
    for file in deck_files:
        folders.setdefault(file.path.parent, []).append(file)
    crossings = [crossing for files in folders.values() for crossing in _in_folder(files)]
    by_path: dict[Path, list[_Crossing]] = {}
    for crossing in crossings:
        by_path.setdefault(crossing.path, []).append(crossing)
    return in_order(finding for path, found in by_path.items() for finding in _placed(path, found))


def _in_folder(files: Sequence[DeckFile]) -> Iterator[_Crossing]:
    yield from _same_slug(files)
    yield from _was_present(files)
    yield from _was_twice(files)


def _same_slug(files: Sequence[DeckFile]) -> Iterator[_Crossing]:
    """Two files of one slug are both in error."""
    by_slug: dict[str, list[Path]] = {}
    for file in files:
        if file.deck_slug_seen is not None:
            by_slug.setdefault(file.deck_slug_seen, []).append(file.path)
    for slug, paths in by_slug.items():
        for path in paths if len(paths) > 1 else ():
            others = tuple(other for other in paths if other != path)
            message = f"the deck '{slug}' is also in {_file_names(others)}"
            hint = "Give one of them another slug, or delete one file."
            yield _Crossing(path, codes.DUPLICATE_DECK, ("deck",), message, hint, others)


def _was_present(files: Sequence[DeckFile]) -> Iterator[_Crossing]:
    """An earlier name may not be the name of something that is still there."""
    holders: dict[str, list[Path]] = {}
    for file in files:
        slug = file.names.slug
        if slug is not None:
            for name in (slug, *(f"{slug}/{note}" for note in file.names.note_ids)):
                holders.setdefault(name, []).append(file.path)
    for file, claim in _claims(files):
        paths = holders.get(claim.old)
        if paths:
            others = tuple(path for path in paths if path != file.path)
            what = "note" if "/" in claim.old else "deck"
            where = f" in {_file_names(others)}" if others else " in this file"
            message = f"the {what} '{claim.old}' is still present{where}"
            hint = f"Delete the old {what}, or take its name out of 'was'; nothing moves while it is there."
            yield _Crossing(file.path, codes.WAS_PRESENT, claim.at, message, hint, others)


def _was_twice(files: Sequence[DeckFile]) -> Iterator[_Crossing]:
    """An earlier name moves to one place only."""
    claimed: dict[str, list[tuple[Path, Claim | None, str]]] = {}
    for file, claim in _claims(files):
        claimed.setdefault(claim.old, []).append((file.path, claim, claim.by))
    for file, claim in _claims(files):
        if "/" in claim.old:
            continue
        for note in file.names.note_ids & {old.partition("/")[2] for old in claimed if old.startswith(f"{claim.old}/")}:
            claimants = claimed[f"{claim.old}/{note}"]
            if all(by != f"{claim.by}/{note}" for _, _, by in claimants):
                claimants.append((file.path, None, f"{claim.by}/{note}"))
    for old, claimants in claimed.items():
        for index, (path, claim_here, _) in enumerate(claimants):
            rest = [entry for place, entry in enumerate(claimants) if place != index]
            if rest and claim_here is not None:
                others = tuple({other: None for other, _, _ in rest if other != path})
                by = listed(sorted({f"'{name}'" for _, _, name in rest})[:3], "and")
                message = f"the earlier name '{old}' is claimed by {by} too"
                hint = "An earlier name moves to one place only: keep it in one 'was'."
                yield _Crossing(path, codes.WAS_TWICE, claim_here.at, message, hint, others)


def _claims(files: Sequence[DeckFile]) -> Iterator[tuple[DeckFile, Claim]]:
    for file in files:
        for claim in file.names.claims:
            yield file, claim


def _file_names(paths: Sequence[Path]) -> str:
    return listed([f"'{path.name}'" for path in paths], "and")


def _placed(path: Path, crossings: list[_Crossing]) -> list[Finding]:
    """The findings of one file, which is read again for their places; line 1 if it has gone meanwhile."""
    from quizkorea.content.places import finish

    notices = [Notice(crossing.code, crossing.message, crossing.hint, at=crossing.at) for crossing in crossings]
    file = read_text(path)
    if isinstance(file, Finding):
        found = [make_finding(notice.code, path, Span(), notice.message, notice.hint) for notice in notices]
    else:
        found = finish(file, notices)
    return [replace(finding, depends_on=crossing.others) for finding, crossing in zip(found, crossings, strict=True)]
