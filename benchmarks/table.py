"""Figures as Markdown, and the README rewritten between its two markers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from benchmarks.figures import Against, Figure, Section

BEGIN = "<!-- figures: written by `make bench`, do not edit by hand -->"
END = "<!-- end of figures -->"
_HEAD = ("what", "ours", "peer", "floor", "ours / peer", "ours / floor", "goal", "goal holds?")


def section_text(section: Section, date: str) -> str:
    """A heading, who is who, and the table."""
    lines = [f"### {section.name}", "", f"{date}. Peer: {section.peer}. Floor: {section.floor}.", ""]
    lines += [_line(_HEAD), _line(["---", *["---:"] * 5, "---", "---"])]
    lines += [_line(_cells(figure)) for figure in section.figures]
    if section.notes:
        lines += ["", *(f"- {note}" for note in section.notes)]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(figure: Figure) -> list[str]:
    values = [_value(value, figure.unit) for value in (figure.ours, figure.peer, figure.floor)]
    ratios = [_ratio(figure.ratio(against)) for against in (Against.PEER, Against.FLOOR)]
    goals = ", ".join(goal.words for goal in figure.goals) or "–"
    return [figure.what, *values, *ratios, goals, figure.verdict]


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    digits = 3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:.{digits}f} {unit}"


def _ratio(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.3f}x" if ratio < 0.1 else f"{ratio:.2f}x"


def figures_text(head: str, sections: Sequence[str]) -> str:
    """All that stands between the markers."""
    return "\n".join([head.rstrip("\n") + "\n", *sections])


def rewritten(readme: str, head: str, sections: Mapping[str, str], order: Sequence[str]) -> str:
    """The README with new figures; what stands outside the markers, and sections that were not run, stay.

    Raises ValueError when the markers are missing.
    """
    before, begin, rest = readme.partition(BEGIN)
    middle, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the README lacks one of the lines {BEGIN} and {END}")
    kept = _sections_in(middle) | dict(sections)
    texts = [kept[name] for name in order if name in kept]
    return f"{before}{BEGIN}\n{figures_text(head, texts)}\n{END}{after}"


def _sections_in(text: str) -> dict[str, str]:
    parts = re.split(r"^(?=### )", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0].removeprefix("### ").strip(): part.rstrip("\n") + "\n" for part in parts}
