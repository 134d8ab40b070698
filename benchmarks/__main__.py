"""`python -m benchmarks`: run the sections, print the figures, rewrite the table of the README beside this file."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks.figures import Against, Section
from benchmarks.scale import Scale
from benchmarks.surroundings import head_text
from benchmarks.table import rewritten, section_text
from benchmarks.workspace import Workspace

SECTIONS = ("step", "due", "sync", "counts", "memory", "screen", "export", "rebuild")
README = Path(__file__).parent / "README.md"


def run_section(name: str, workspace: Workspace, scale: Scale) -> Section:
    """Run one section; what it needs is imported only now."""
    section: Section = import_module(f"benchmarks.sections.{name}").run(workspace, scale)
    return section


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line asks for."""
    options = _options().parse_args(argv)
    names = _chosen(options.only)
    scale = Scale(sizes=tuple(int(size) for size in options.sizes.split(",")))
    date = datetime.now(UTC).date().isoformat()
    with tempfile.TemporaryDirectory(prefix="quizkorea-bench-", dir=options.dir) as folder:
        head = head_text(Path(folder), date)
        workspace = Workspace(Path(folder))
        sections = [_run_and_tell(name, workspace, scale, date) for name in names]
    if options.json:
        Path(options.json).write_text(json.dumps([_plain(section) for section in sections], indent=1) + "\n", "utf-8")
    if not options.no_write:
        texts = {section.name: section_text(section, date) for section in sections}
        README.write_text(rewritten(README.read_text("utf-8"), head, texts, SECTIONS), "utf-8")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="cards, by comma; the dearer sections take 10000")
    parser.add_argument("--only", default="", help=f"sections, by comma: {', '.join(SECTIONS)}")
    parser.add_argument("--no-write", action="store_true", help="leave the README as it is")
    parser.add_argument("--json", metavar="FILE", help="write the figures to a file too")
    parser.add_argument("--dir", metavar="DIR", help="where the stores go while it runs: the disk under test")
    return parser


def _chosen(only: str) -> list[str]:
    wanted = [name.strip() for name in only.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in SECTIONS]
    if unknown:
        sys.exit(f"There is no section {unknown[0]!r}. The sections are: {', '.join(SECTIONS)}.")
    return [name for name in SECTIONS if not wanted or name in wanted]


def _run_and_tell(name: str, workspace: Workspace, scale: Scale, date: str) -> Section:
    start = time.monotonic()
    section = run_section(name, workspace, scale)
    print(section_text(section, date), flush=True)
    print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    return section


def _plain(section: Section) -> dict[str, object]:
    figures = [
        asdict(figure) | {f"over_{against}": figure.ratio(against) for against in Against} | {"verdict": figure.verdict}
        for figure in section.figures
    ]
    return asdict(section) | {"figures": figures}


if __name__ == "__main__":
    sys.exit(main())
