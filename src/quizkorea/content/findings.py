"""What a check has to say: one frozen value a finding, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from quizkorea.content.codes import Code, Severity

MAX_FINDINGS = 1000
"""What is reported of one file; after so many the author has to start at the top anyway."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file: a 1-based line, and columns in characters, 1-based, `end_column` exclusive."""

    line: int = 1
    column: int = 1
    end_column: int = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `source_line` is the line of the file as it stands there, "" if there is none to show."""

    code: str
    severity: Severity
    path: Path
    line: int
    column: int
    end_column: int
    message: str
    hint: str = ""
    source_line: str = ""
    depends_on: tuple[Path, ...] = ()
    """Other deck files whose change may take this finding away."""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are shown: path, line, column."""
        return (str(self.path), self.line, self.column, self.code, self.message)


def make_finding(
    code: Code,
    path: Path,
    span: Span,
    message: str,
    hint: str = "",
    *,
    source_line: str = "",
    depends_on: tuple[Path, ...] = (),
) -> Finding:
    """A finding of a registered code at a place. Hints come from several hands and are shown as one clause alike."""
    end = max(span.end_column, span.column + 1)
    return Finding(
        code.name, code.severity, path, span.line, span.column, end, message, _clause(hint), source_line, depends_on
    )


def _clause(hint: str) -> str:
    """`Write it out.` as `write it out`; a first word in capitals stays."""
    if hint[:1].isupper() and not hint[1:2].isupper():
        hint = hint[0].lower() + hint[1:]
    return hint.removesuffix(".")


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings sorted by path, line and column."""
    return tuple(sorted(findings, key=lambda finding: finding.order))


def has_error(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings keeps a deck from being loaded."""
    return any(finding.is_error for finding in findings)
