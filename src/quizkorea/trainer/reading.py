"""Reads the deck files that changed: the only module of the trainer that needs the parser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from quizkorea.content.findings import Finding
from quizkorea.content.folder import BibliographyFile, DeckFile, cross_findings, read_bibliography, read_deck
from quizkorea.content.names import Claim, DeckNames
from quizkorea.core.codec import bibliography_to_plain
from quizkorea.core.notes import Bibliography
from quizkorea.store.held_names import HeldNames
from quizkorea.store.sync import ReadFile
from quizkorea.trainer.folders import Stamped, name_of

Files = Mapping[str, Stamped]
"""Name -> the file with its stamps."""


class FolderReader:
    """Reads deck files against the bibliographies beside them and against the files that have not changed."""

    def __init__(self, unchanged: Mapping[str, HeldNames]) -> None:
        """`unchanged`: the names of the other files, by path, as the mirror holds them."""
        self._unchanged = {
            path: DeckFile(Path(path), None, deck_slug_seen=held.slug, names=_names(held))
            for path, held in unchanged.items()
        }
        self._bibliographies: dict[Path, BibliographyFile] = {}
        self._plains: dict[Path, str] = {}

    def read(
        self, names: Iterable[str], files: Files, clock_ns: Callable[[], int]
    ) -> list[tuple[ReadFile, Bibliography]]:
        """Parse these files, and any unchanged one that they bring into error."""
        read: dict[str, tuple[DeckFile, int]] = {}
        waiting = list(names)
        crossed: tuple[Finding, ...] = ()
        while waiting:
            for path in waiting:
                self._unchanged.pop(path, None)
                read_ns = clock_ns()
                read[path] = (self._read(files[path].path), read_ns)
            crossed = cross_findings([*(file for file, _ in read.values()), *self._unchanged.values()])
            waiting = sorted({name_of(finding.path) for finding in crossed} & set(self._unchanged))
        return [self._read_file(file, crossed, files[path], read_ns) for path, (file, read_ns) in read.items()]

    def _read(self, path: Path) -> DeckFile:
        folder = path.parent
        if folder not in self._bibliographies:
            self._bibliographies[folder] = read_bibliography(folder)
            plain = bibliography_to_plain(self._bibliographies[folder].bibliography)
            self._plains[folder] = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        return read_deck(path, self._bibliographies[folder])

    def _read_file(
        self, file: DeckFile, crossed: Sequence[Finding], stamped: Stamped, read_ns: int
    ) -> tuple[ReadFile, Bibliography]:
        beside = self._bibliographies[file.path.parent]
        findings = [*file.findings, *(finding for finding in crossed if finding.path == file.path)]
        errors = [finding for finding in findings if finding.is_error]
        if file.deck is None and not errors:
            errors = [finding for finding in beside.findings if finding.is_error]
        read_file = ReadFile(
            path=name_of(file.path),
            folder=name_of(file.path.parent),
            file_stamp=stamped.stamp,
            sources_stamp=stamped.sources_stamp,
            read_ns=read_ns,
            deck=None if errors else file.deck,
            bibliography=self._plains[file.path.parent],
            problem=_problem(errors),
        )
        return read_file, beside.bibliography


def _names(held: HeldNames) -> DeckNames:
    # the place of a claim is not known here: a file that turns out to be concerned is read again
    return DeckNames(held.slug, held.note_ids, tuple(Claim(old, by, ()) for old, by in held.claims))


def _problem(errors: Sequence[Finding]) -> str | None:
    if not errors:
        return None
    first = errors[0]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{name_of(first.path)}:{first.line}:{first.column}: {first.message}{more}"
