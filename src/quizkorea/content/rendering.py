"""Findings as a good compiler prints them. Nothing an author wrote reaches the terminal as an escape code.

decks/korea.yaml:7:5: error QK201: unknown key 'alises'
    7 |     alises: [Yo Un-hyong]
      |     ^^^^^^
      hint: did you mean 'aliases'?
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from quizkorea.content.findings import Finding

WIDTH = 100
"""Terminal cells of source shown of a line."""
_ELLIPSIS = "…"
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def render(findings: Iterable[Finding], width: int = WIDTH) -> str:
    """All findings as text, each ending with a line break; "" for none."""
    return "".join(f"{render_finding(finding, width)}\n" for finding in findings)


def render_finding(finding: Finding, width: int = WIDTH) -> str:
    """One finding as two to four lines, without the last line break."""
    place = f"{safe(str(finding.path))}:{finding.line}:{finding.column}"
    lines = [f"{place}: {finding.severity.value} {finding.code}: {safe(finding.message)}"]
    number = f"{finding.line:>5}"
    gutter = " " * len(number)
    if finding.source_line.strip():
        text, before, marked = _clipped(finding, width)
        lines += [f"{number} | {text}".rstrip(), f"{gutter} | {' ' * before}{'^' * marked}"]
    if finding.hint:
        lines.append(f"{gutter} hint: {safe(finding.hint)}")
    return "\n".join(lines)


def safe(text: str) -> str:
    """A text for the terminal: control and direction characters become U+FFFD, a tab one space."""
    return _UNSAFE.sub("\ufffd", text.replace("\t", " "))


def _clipped(finding: Finding, width: int) -> tuple[str, int, int]:
    """The source line cut to the width around the caret, the cells before the caret, and the cells it marks."""
    line = finding.source_line
    start = min(finding.column - 1, len(line))
    end = min(max(finding.end_column - 1, start + 1), max(len(line), start + 1))
    left = max(0, start - width)
    before = safe(line[left:start])
    marked = safe(line[start : min(end, start + width)])
    after = safe(line[start + len(marked) : start + len(marked) + width])
    lead = _tail_of(before, max(width // 2, width - _cells(marked) - _cells(after) - 1))
    if left or lead != before:
        lead = _ELLIPSIS + lead
    body = _head_of(marked + after, width - _cells(lead))
    if len(body) < len(line) - start:
        body += _ELLIPSIS
    cells = _cells(body[: len(marked)]) if marked else 1
    return lead + body, _cells(lead), max(cells, 1)


def _cells(text: str) -> int:
    """How many terminal cells a text takes: `서울` four."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _head_of(text: str, cells: int) -> str:
    """As much of the beginning of a text as fits."""
    while text and _cells(text) > cells:
        text = text[: max(0, min(len(text) - 1, cells))]
    return text


def _tail_of(text: str, cells: int) -> str:
    """As much of the end of a text as fits."""
    while text and _cells(text) > cells:
        text = text[-min(len(text) - 1, cells) :] if min(len(text) - 1, cells) > 0 else ""
    return text
