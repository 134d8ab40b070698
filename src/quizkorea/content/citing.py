"""Citations, disputed values and positions' holders: each name must stand in the folder's sources.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quizkorea.content import codes
from quizkorea.content.fields import Fields
from quizkorea.content.report import quoted
from quizkorea.core.notes import Bibliography, Citation, Dispute, Source

ANCHOR_WORDS = (3, 8)
_CITE_KEYS = frozenset({"source", "at", "anchor"})
_DISPUTE_KEYS = frozenset({"value", "note", "cite"})
_PAGES = re.compile(r"p\. ([0-9]{1,6})\Z|pp\. ([0-9]{1,6})-([0-9]{1,6})\Z")
_LIKE_PAGES = re.compile(r"(?:pp?|pages?)\b\.?\s*[0-9]|[0-9]+\s*(?:[-–—]\s*[0-9]+)?\Z", re.IGNORECASE)
_FORM_HINT = "Write 'p. 12' or 'pp. 12-14'"


@dataclass(slots=True)
class Names:
    """The sources and holders a deck may name, and what is already said about them."""

    bibliography: Bibliography
    sources: frozenset[str]
    """All source ids written in sources.yaml, those with errors included."""
    holders: frozenset[str]
    exists: bool = True
    complete: bool = True
    """False if sources.yaml could not be read to its end: then nothing is called unknown."""
    said_missing: bool = field(default=False)

    def knows(self, fields: Fields, key: str) -> bool:
        """Whether there is a sources.yaml; the first name without one is reported, the others follow from it."""
        if not self.exists and not self.said_missing:
            self.said_missing = True
            message = "this deck names a source or holder, but there is no sources.yaml beside it"
            hint = "Add a sources.yaml with 'format: 1', 'sources:' and 'holders:' to the folder."
            fields.report.at_value(codes.NO_BIBLIOGRAPHY, (*fields.at, key), message, hint)
        return self.exists


def read_citations(fields: Fields, names: Names) -> tuple[Citation, ...]:
    """The optional `cite` list of a mapping."""
    if "cite" not in fields.data:
        return ()
    found = [_citation(entry, names) for entry in fields.mappings("cite", "an entry of 'cite'")]
    return tuple([citation for citation in found if citation is not None])


def read_disputes(fields: Fields, names: Names) -> tuple[Dispute, ...]:
    """The optional `disputed` list of a note."""
    if "disputed" not in fields.data:
        return ()
    found = []
    for entry in fields.mappings("disputed", "an entry of 'disputed'"):
        entry.only(_DISPUTE_KEYS)
        value, note = entry.need("value", "this disputed value"), entry.need("note", "this disputed value")
        citations = read_citations(entry, names)
        if value is not None and note is not None:
            found.append(Dispute(value, note, citations))
    return tuple(found)


def read_holders(fields: Fields, names: Names) -> tuple[str, ...]:
    """The required `holders` of a position."""
    if not fields.has("holders"):
        fields.missing("holders", "this position")
    holders = fields.texts("holders")
    for index, holder in enumerate(fields.entries("holders") if holders else ()):
        if not isinstance(holder, str) or not names.knows(fields, "holders"):
            continue
        at = (*fields.at, "holders", index)
        if holder in holders[:index]:
            message = f"the holder {quoted(holder)} is named twice"
            fields.report.at_value(codes.REPEATED_HOLDER, at, message, "Delete one of them.")
        if holder not in names.holders and names.complete:
            hint = fields.report.did_you_mean(
                holder, names.holders, "Add the holder to sources.yaml, under 'holders:'."
            )
            fields.report.at_value(codes.UNKNOWN_HOLDER, at, f"unknown holder {quoted(holder)}", hint)
    return holders


def read_reporter(fields: Fields, names: Names) -> str | None:
    """The optional `reported_by` of a position: a source."""
    source = fields.text("reported_by")
    if source is not None and _missing_source(fields, "reported_by", source, names):
        hint = fields.report.did_you_mean(source, names.sources, "Add the source to sources.yaml.")
        at = (*fields.at, "reported_by")
        fields.report.at_value(codes.UNKNOWN_REPORTER, at, f"unknown source {quoted(source)}", hint)
    return source


def _missing_source(fields: Fields, key: str, source: str, names: Names) -> bool:
    """Whether a source is to be called unknown."""
    return names.knows(fields, key) and names.complete and source not in names.sources


def _citation(fields: Fields, names: Names) -> Citation | None:
    """One entry of `cite`."""
    fields.only(_CITE_KEYS)
    name, at, anchor = fields.need("source", "this citation"), fields.need("at", "this citation"), fields.text("anchor")
    if anchor is not None:
        _check_anchor_length(fields, anchor)
    if name is None or at is None:
        return None
    source = names.bibliography.sources.get(name)
    if source is not None:
        _check_locator(fields, at, source)
        _check_anchor_use(fields, anchor, source)
    elif _missing_source(fields, "source", name, names):
        hint = fields.report.did_you_mean(name, names.sources, "Add the source to sources.yaml.")
        fields.report.at_value(codes.UNKNOWN_SOURCE, (*fields.at, "source"), f"unknown source {quoted(name)}", hint)
    return Citation(name, at, anchor)


def _check_locator(fields: Fields, at: str, source: Source) -> None:
    """`at` is a page or range of pages that the source has, or one of its locators."""
    if at in source.locators:
        return
    pages = _PAGES.match(at)
    if pages is None:
        hint = _locator_hint(fields, at, source)
        message = f"{quoted(at)} is not a locator of '{source.id}'"
        fields.report.at_value(codes.BAD_LOCATOR, (*fields.at, "at"), message, hint)
        return
    first, last = int(pages[1] or pages[2]), int(pages[1] or pages[3])
    if pages[2] and first >= last:
        message = f"{quoted(at)} is not a range of pages: the second page must follow the first"
        fields.report.at_value(codes.BAD_LOCATOR, (*fields.at, "at"), message, f"{_FORM_HINT}.")
    elif source.pages is None:
        message = f"'{source.id}' is not cited by page"
        hint = _known_locators(source) or "Give it 'pages: 1-83' or 'locators: […]' in sources.yaml."
        fields.report.at_value(codes.BAD_LOCATOR, (*fields.at, "at"), message, hint)
    elif first < source.pages[0] or last > source.pages[1]:
        message = f"{quoted(at)} is outside the pages of '{source.id}', {source.pages[0]}-{source.pages[1]}"
        fields.report.at_value(
            codes.PAGE_OUTSIDE, (*fields.at, "at"), message, "Mend the page, or 'pages' in sources.yaml."
        )


def _locator_hint(fields: Fields, at: str, source: Source) -> str:
    """What `at` should be."""
    if _LIKE_PAGES.match(at):
        return f"{_FORM_HINT}."
    guess = fields.report.guess(at, frozenset(source.locators))
    if guess:
        return f"did you mean '{guess}'?"
    known = _known_locators(source)
    pages = f"{_FORM_HINT}." if source.pages else ""
    return f"{pages} {known}".strip() or "Give the source 'pages' or 'locators' in sources.yaml."


def _known_locators(source: Source) -> str:
    shown = ", ".join(f"'{locator}'" for locator in source.locators[:5])
    return f"Its locators are {shown}." if shown else ""


def _check_anchor_length(fields: Fields, anchor: str) -> None:
    """An anchor is three to eight words."""
    least, most = ANCHOR_WORDS
    count = len(anchor.split(None, most))
    if count < least or count > most:
        shown = f"{count} word{'s' if count > 1 else ''}" if count <= most else f"more than {most} words"
        message = f"the anchor has {shown}; {least} to {most} are needed"
        hint = f"Take {least} to {most} words exactly as they stand on the page."
        fields.report.at_value(codes.ANCHOR_LENGTH, (*fields.at, "anchor"), message, hint)


def _check_anchor_use(fields: Fields, anchor: str | None, source: Source) -> None:
    """A source with a text is cited with an anchor, one without a text cannot be checked against one."""
    if anchor is None and source.text is not None and not fields.has("anchor"):
        message = f"'{source.id}' has a text, but this citation has no anchor"
        hint = "Add 'anchor:' with three to eight words that stand there."
        fields.report.at_value(codes.ANCHOR_ADVISED, fields.at, message, hint)
    elif anchor is not None and source.text is None:
        message = f"'{source.id}' has no text in which this anchor could be looked up"
        hint = "Give the source 'text: FILE.txt' in sources.yaml, or leave the anchor out."
        fields.report.at_value(codes.ANCHOR_UNCHECKED, (*fields.at, "anchor"), message, hint)
