"""What is no text of ours: named with the line and column of what is wrong, never raised."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from content_cases import FACT, HEADER, short

from quizkorea.content.deckfile import DeckFile, read_bibliography, read_deck
from quizkorea.content.findings import Finding
from quizkorea.content.textfile import MAX_BYTES, TextFile, read_text

GOOD = HEADER + FACT
Read = Callable[[str | bytes], DeckFile]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: \xff\n", "QK103 1:4"),
        ("a: b\n# 가나 ".encode() + b"\xc3\n", "QK103 2:6"),
        (b"\xef\xbb\xbfa: \x80\n", "QK103 1:4"),
        (b"\xed\xa0\x80", "QK103 1:1"),
        (GOOD.encode("utf-16"), "QK104 1:1"),
        (GOOD.encode("utf-16-le"), "QK104 1:1"),
        (GOOD.encode("utf-16-be"), "QK104 1:1"),
        (GOOD.encode("utf-32"), "QK104 1:1"),
        (b"a: b\nc: d\x00e\n", "QK105 2:5"),
        ("a: b\r\nc: \x85\n".encode(), "QK105 2:4"),
        ("a: b\rc: \ufeff\n".encode(), "QK105 2:4"),
        (b"\x00", "QK105 1:1"),
        (bytes(range(128, 200)), "QK103 1:1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "QK103 1:1"),
    ],
)
def test_a_file_that_is_no_text_is_refused_at_the_byte(content: bytes, expected: str, read: Read) -> None:
    found = read(content)
    assert short(found.findings) == expected
    assert found.deck is None


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_line_end_and_a_byte_order_mark_are_read_alike(line_end: str, mark: bytes, read: Read) -> None:
    good = read(mark + GOOD.replace("\n", line_end).encode())
    assert short(good.findings) == ""
    bad = read(mark + (GOOD + "  typo: x\n").replace("\n", line_end).encode())
    assert short(bad.findings) == "QK201 11:3"
    assert bad.findings[0].source_line == "  typo: x"
    first_line = read(mark + GOOD.replace("format", "formt").replace("\n", line_end).encode())
    assert short(first_line.findings) == "QK201 1:1"


def test_columns_count_characters_not_bytes(read: Read) -> None:
    assert short(read(GOOD + "  tags: [가나다, 서울, x: y]\n").findings) == "QK203 11:19"


def test_a_file_above_the_limit_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"#" * MAX_BYTES)
    assert isinstance(read_text(path), TextFile)
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    refused = read_text(path)
    assert isinstance(refused, Finding)
    assert refused.code == "QK102"


def test_a_folder_a_missing_file_and_a_dangling_link_are_findings(folder: Path) -> None:
    (folder / "x.yaml").mkdir()
    (folder / "link.yaml").symlink_to(folder / "nowhere.yaml")
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    names = ("x.yaml", "link.yaml", "loop.yaml", "gone.yaml", "nul\0.yaml", "a" * 300 + ".yaml")
    for name in names:
        found = read_deck(folder / name, read_bibliography(folder))
        assert short(found.findings) == "QK101 1:1", name
        assert found.deck is None
    assert "a folder" in read_deck(folder / "x.yaml", read_bibliography(folder)).findings[0].message


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    assert short(read_deck(folder / "pipe.yaml", read_bibliography(folder)).findings) == "QK101 1:1"


def test_a_file_without_the_right_to_read_is_a_finding(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read every file")
    path = folder / "x.yaml"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    found = read_deck(path, read_bibliography(folder))
    assert short(found.findings) == "QK101 1:1"
    assert "permission denied" in found.findings[0].message


def test_a_sources_file_that_cannot_be_read_keeps_every_deck_from_loading(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").mkdir()
    bibliography = read_bibliography(tmp_path)
    assert short(bibliography.findings) == "QK101 1:1"
    path = tmp_path / "deck.yaml"
    path.write_text(GOOD + "  cite: [{source: any, at: p. 1}]\n", encoding="utf-8")
    deck = read_deck(path, bibliography)
    assert deck.deck is None
    assert short(deck.findings) == ""
    assert deck.deck_slug_seen == "korea"


def test_single_lines_are_found_without_listing_all(tmp_path: Path) -> None:
    file = TextFile(tmp_path, "a\r\nb\rc\n\nd", b"")
    assert file.lines({0, 2, 3, 4, 9}) == {0: "a", 2: "c", 3: "", 4: "d"}
    assert file.line_count() == 5
    assert TextFile(tmp_path, "a\n", b"").lines({0, 1, 2}) == {0: "a", 1: ""}
    assert TextFile(tmp_path, "", b"").lines({0}) == {0: ""}
