"""Files meant to break a reader: refused quickly, in bounded memory, never with a traceback."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from content_cases import EXAMPLE, FACT, HEADER
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizkorea.content.deckfile import BibliographyFile, DeckFile, read_bibliography, read_deck
from quizkorea.content.rendering import render
from quizkorea.content.textfile import MAX_BYTES

Read = Callable[[str | bytes], DeckFile]
BOMB = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n"

HOSTILE = {
    "brackets": (b"[" * MAX_BYTES, "QK114"),
    "brackets in a key": (b"a: " + b"[" * (MAX_BYTES - 3), "QK106"),
    "braces": (b"{" * MAX_BYTES, "QK106"),
    "hyphens": (b"- " * (MAX_BYTES // 2), "QK114"),
    "questions": (b"? " * (MAX_BYTES // 2), "QK106"),
    "a list of two million": (b"a: [" + b"a," * (MAX_BYTES // 2 - 3) + b"]", "QK122"),
    "a million keys": (b"".join(b"k%x: v\n" % number for number in range(700_000)), "QK122"),
    "a million empty lists": (b"a: [" + b"[]," * (MAX_BYTES // 3 - 3) + b"]", "QK122"),
    "blank lines": (b"\n" * MAX_BYTES, "QK113"),
    "a quote over all": (b'a: "' + b"x\n" * (MAX_BYTES // 2 - 2), "QK117"),
    "a bracket over all": (b"a: [\n" + b"b c\n" * (MAX_BYTES // 4 - 3), "QK118"),
    "anchors": (b"a: [" + b"&a b," * (MAX_BYTES // 6) + b"]", "QK123"),
    "commas": (b"a: {" + b"a," * (MAX_BYTES // 2 - 3) + b"}", "QK123"),
    "long flow texts": (b"a: [" + b"a b c d e f," * (MAX_BYTES // 12 - 3) + b"]", "QK123"),
    "tabs": (b"\t" * MAX_BYTES, "QK116"),
    "one long line": (b"a: " + b"x" * (MAX_BYTES - 3), "QK201"),
    "a bad byte at the end": (b"#" * (MAX_BYTES - 1) + b"\xff", "QK103"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_eight_megabytes_of_malice_are_refused_within_seconds(name: str, read: Read) -> None:
    content, code = HOSTILE[name]
    began = time.perf_counter()
    found = read(content)
    took = time.perf_counter() - began
    assert code in {finding.code for finding in found.findings}
    assert found.deck is None
    assert took < 6  # about 1 s where nothing else runs; room for a busy machine
    assert len(render(found.findings[:20])) < 20_000


def test_memory_stays_bounded(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"a: [" + b"[]," * (MAX_BYTES // 3 - 3) + b"]")
    (folder / "b.yaml").write_bytes(b'a: "' + b"x\n" * (MAX_BYTES // 2 - 2))
    code = (
        "import resource, sys; from pathlib import Path; from quizkorea.content.folder import check_paths;"
        "limit = 400 * 2**20; resource.setrlimit(resource.RLIMIT_AS, (limit, limit));"
        "print(check_paths([Path(sys.argv[1])]).errors)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("2\n", "")


def test_ten_thousand_duplicate_keys_end_with_a_last_word(read: Read) -> None:
    found = read(HEADER + FACT + "  answer: x\n" * 10_000)
    assert len(found.findings) == 1001
    assert {finding.code for finding in found.findings} == {"QK111", "QK123"}
    assert "first written on line 10" in found.findings[1].message


def test_an_alias_bomb_is_never_expanded(read: Read) -> None:
    codes = [finding.code for finding in read(BOMB).findings]
    assert codes.count("QK107") == 3
    assert codes.count("QK108") == 9


def test_a_file_that_vanishes_between_listing_and_reading_is_a_finding(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "deck.yaml"
    path.write_text(HEADER + FACT, encoding="utf-8")
    real_stat = Path.stat

    def stat_and_delete(self: Path, *, follow_symlinks: bool = True) -> object:
        status = real_stat(self, follow_symlinks=follow_symlinks)
        if self == path:
            path.unlink()
        return status

    bibliography = read_bibliography(folder)
    monkeypatch.setattr(Path, "stat", stat_and_delete)
    assert [finding.code for finding in read_deck(path, bibliography).findings] == ["QK101"]


_TEXT = (EXAMPLE / "mao-in-moscow.yaml").read_bytes()
_SNIPPETS = (
    b"",
    b"\t",
    b"\xff",
    b"\x00",
    b'"',
    b"'",
    b"[",
    b"}",
    b": ",
    b"- ",
    b"&a ",
    b"*a",
    b"!!x ",
    b"\r",
    b"{{",
    b"\n\n",
)


def _mutated(draws: list[tuple[int, int, bytes]], swap: tuple[int, int] | None) -> bytes:
    """The example deck with pieces cut out and put in, and two lines exchanged."""
    data = bytearray(_TEXT)
    for position, length, snippet in draws:
        start = position % (len(data) + 1)
        data[start : start + length] = snippet
    if swap is not None:
        lines = bytes(data).split(b"\n")
        one, other = swap[0] % len(lines), swap[1] % len(lines)
        lines[one], lines[other] = lines[other], lines[one]
        data = bytearray(b"\n".join(lines))
    return bytes(data)


@pytest.fixture(scope="module")
def bibliography() -> BibliographyFile:
    return read_bibliography(EXAMPLE)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    draws=st.lists(
        st.tuples(st.integers(0, len(_TEXT)), st.sampled_from([0, 0, 1, 1, 2, 40, 900]), st.sampled_from(_SNIPPETS)),
        max_size=3,
    ),
    swap=st.none() | st.tuples(st.integers(0, 300), st.integers(0, 300)),
    flip=st.none() | st.tuples(st.integers(0, len(_TEXT) - 1), st.integers(0, 255)),
)
def test_a_broken_deck_is_never_an_exception_and_every_finding_lies_in_it(
    draws: list[tuple[int, int, bytes]],
    swap: tuple[int, int] | None,
    flip: tuple[int, int] | None,
    bibliography: BibliographyFile,
    tmp_path: Path,
) -> None:
    data = bytearray(_mutated(draws, swap))
    if flip is not None and data:
        data[flip[0] % len(data)] = flip[1]
    path = tmp_path / "deck.yaml"
    path.write_bytes(data)
    found = read_deck(path, bibliography)
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in found.findings:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
        assert finding.end_column > finding.column
        assert finding.message
    assert (found.deck is None) == found.has_error
    assert "\x1b" not in render(found.findings)
