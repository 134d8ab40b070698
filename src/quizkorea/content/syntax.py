"""The parser's errors in an instructor's words, whichever of the two parsers speaks.

libyaml and the pure parser word their errors differently; each rule below looks for what both have in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from quizkorea.content import codes
from quizkorea.content.codes import Code
from quizkorea.content.report import Notice, Region
from quizkorea.content.textfile import TextFile

_COLON = re.compile(r":(?=\s|$)")
_OPENERS = "@`%"


@dataclass(frozen=True, slots=True)
class _Fault:
    """A parse error taken apart; places are 0-based, `began` None when the parser named no context."""

    problem: str
    context: str
    line: int
    column: int
    began: tuple[int, int] | None
    source: str
    """The line of the fault."""

    @property
    def character(self) -> str:
        """The character at the fault, "" at the end of a line."""
        return self.source[self.column : self.column + 1]

    def here(self, code: Code, message: str, hint: str) -> Notice:
        """A finding at the fault."""
        return Notice(code, message, hint, Region(self.line, self.column, self.line, self.column + 1))

    def where_it_began(self, code: Code, message: str, hint: str) -> Notice:
        """A finding where the construct began that the fault broke."""
        line, column = self.began or (self.line, self.column)
        return Notice(code, message, hint, Region(line, column, line, column + 1))


def explain(error: Exception, file: TextFile) -> Notice:
    """The finding for what the parser raised."""
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    line = mark.line if mark else 0
    fault = _Fault(
        problem=str(getattr(error, "problem", None) or error),
        context=str(getattr(error, "context", None) or ""),
        line=line,
        column=mark.column if mark else 0,
        began=(began.line, began.column) if began else None,
        source=file.lines({line}).get(line, ""),
    )
    for rule in _RULES:
        notice = rule(fault)
        if notice is not None:
            return notice
    return fault.here(codes.SYNTAX, f"this is not YAML: {_first_line(fault.problem)}", "")


def _tab(fault: _Fault) -> Notice | None:
    if fault.character != "\t" or fault.source[: fault.column].strip():
        return None
    return fault.here(codes.TAB_INDENT, "a tab is used for indentation", "Indent with spaces, two for each level.")


def _quote(fault: _Fault) -> Notice | None:
    ended = "end of stream" in fault.problem or "document" in fault.problem
    if "quoted scalar" not in fault.context or not ended or fault.began is None:
        return None
    message = f"the quote that began on line {fault.began[0] + 1} is never closed"
    hint = "Close the quote. Within '…' write an apostrophe twice ('')."
    return fault.where_it_began(codes.UNCLOSED_QUOTE, message, hint)


def _bracket(fault: _Fault) -> Notice | None:
    if "parsing a flow" not in fault.context or fault.began is None or "," not in fault.problem:
        return None
    if "node" in fault.context:
        return None
    opener, closer = ("[", "]") if "sequence" in fault.context else ("{", "}")
    message = f"the bracket '{opener}' that began here is not closed by line {fault.line + 1}"
    hint = f"Close it with '{closer}', or put a comma between its entries; quote a text that holds brackets or commas."
    return fault.where_it_began(codes.UNCLOSED_BRACKET, message, hint)


def _bracket_at_the_end(fault: _Fault) -> Notice | None:
    if "parsing a flow" not in fault.context or "node content" not in fault.problem or fault.character:
        return None
    hint = "Close it with ']' or '}'; quote a text that begins with '[' or '{'."
    return fault.here(codes.UNCLOSED_BRACKET, "a bracket is still open here, and a value is missing", hint)


def _colon(fault: _Fault) -> Notice | None:
    if "mapping values are not allowed" not in fault.problem:
        return None
    before = fault.source[: fault.column]
    if _COLON.search(before):
        return fault.here(codes.STRAY_COLON, "a second ': ' in one line", "quote the text, it contains a colon")
    hint = "Indent the key like the keys above it; if the line belongs to the text above, quote that whole text."
    return fault.here(codes.STRAY_COLON, "a key is not allowed here", hint)


def _no_colon(fault: _Fault) -> Notice | None:
    if "could not find expected ':'" not in fault.problem:
        return None
    return fault.where_it_began(
        codes.SYNTAX, "this line has no ': '", "Write 'key: value', or indent it under its text."
    )


def _list_in_line(fault: _Fault) -> Notice | None:
    if "sequence entries are not allowed" not in fault.problem:
        return None
    hint = "Put each entry on a line of its own; quote a text that begins with '-'."
    return fault.here(codes.SYNTAX, "a list cannot begin on the line of its key", hint)


def _after_quote(fault: _Fault) -> Notice | None:
    before = fault.source[: fault.column].rstrip()
    if "parsing a block" not in fault.context or before[-1:] not in ("'", '"', "]", "}") or not fault.character:
        return None
    what = "a quoted text" if before[-1] in "'\"" else "a bracket"
    hint = "Quote the whole text; within '…' write an apostrophe twice ('')."
    return fault.here(codes.SYNTAX, f"text follows after the end of {what}", hint)


def _opener(fault: _Fault) -> Notice | None:
    if "cannot start any token" not in fault.problem:
        return None
    character = fault.character
    if character and character in _OPENERS:
        return fault.here(codes.SYNTAX, f"a text cannot begin with '{character}'", "Quote the text.")
    return fault.here(codes.SYNTAX, "a text cannot begin here", "Quote the text, and indent with spaces only.")


def _escape(fault: _Fault) -> Notice | None:
    words = ("escape", "hexdecimal", "hexadecimal", "too large to convert", "not in range")
    if not any(word in fault.problem for word in words):
        return None
    message = 'a backslash within "…" must begin a known escape'
    return fault.here(codes.SYNTAX, message, "Write the text within '…', or the backslash twice.")


def _block_scalar(fault: _Fault) -> Notice | None:
    if "scanning a block scalar" not in fault.context or fault.began is None:
        return None
    hint = "Nothing follows '>-' or '|' on its line; quote a text that begins with '>' or '|'."
    return fault.where_it_began(codes.SYNTAX, "a block text begins here, but is not well formed", hint)


def _indicator(fault: _Fault) -> Notice | None:
    for word, mark in (("anchor", "&"), ("alias", "*"), ("tag", "!")):
        if word in fault.context and fault.began is not None:
            return fault.where_it_began(codes.SYNTAX, f"a text cannot begin with '{mark}'", "Quote the text.")
    return None


def _bracket_closed_twice(fault: _Fault) -> Notice | None:
    if "node content" not in fault.problem or fault.character not in (",", "]", "}"):
        return None
    hint = "A comma or bracket too many? Quote a text that begins with one."
    return fault.here(codes.SYNTAX, f"a value is missing before '{fault.character}'", hint)


def _document(fault: _Fault) -> Notice | None:
    if "document start" not in fault.problem:
        return None
    return fault.here(
        codes.SECOND_DOCUMENT, "text follows after the end of the document ('...')", "One file holds one deck."
    )


def _indentation(fault: _Fault) -> Notice | None:
    if "parsing a block" not in fault.context:
        return None
    if "collection" in fault.context or "sequence" in fault.context:
        return fault.here(
            codes.SYNTAX, "this line is not an entry of the list above it", "Begin it with '- ', or indent it."
        )
    return fault.here(codes.SYNTAX, "this line does not fit the lines above it", "Indent keys of one mapping alike.")


def _first_line(text: str) -> str:
    return text.splitlines()[0][:120] if text else "unknown fault"


_RULES: tuple[Callable[[_Fault], Notice | None], ...] = (
    _tab,
    _quote,
    _bracket,
    _bracket_at_the_end,
    _colon,
    _no_colon,
    _list_in_line,
    _after_quote,
    _opener,
    _escape,
    _block_scalar,
    _indicator,
    _bracket_closed_twice,
    _document,
    _indentation,
)
