"""Folders: which files are decks, what stands between them, and what a check reports."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from content_cases import EXAMPLE, FACT, HEADER, SOURCES, short

from quizkorea.content.folder import (
    check_paths,
    cross_findings,
    deck_files,
    read_bibliography,
    read_deck,
    read_folder,
)
from quizkorea.core.errors import UsageError
from quizkorea.core.notes import (
    ChoiceNote,
    ClozeNote,
    DateNote,
    FactNote,
    InterpretationNote,
    ListNote,
    SequenceNote,
)


def _write(folder: Path, **decks: str) -> None:
    for name, text in decks.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def _deck(slug: str, *notes: str, was: str = "") -> str:
    header = HEADER.replace("korea", slug, 1).replace("notes:", f"was: [{was}]\nnotes:" if was else "notes:")
    return header + "".join(FACT.replace("id: a", f"id: {note}") for note in notes)


def test_the_example_is_read_without_a_finding_and_holds_what_it_says() -> None:
    content = read_folder(EXAMPLE)
    assert content.findings == ()
    (file,) = content.decks
    deck = file.deck
    assert deck is not None
    assert (deck.slug, deck.order, deck.license, deck.authors) == ("mao-in-moscow", 40, "CC BY 4.0", ("quizkorea",))
    kinds = [FactNote, DateNote, DateNote, ClozeNote, ChoiceNote, ListNote, SequenceNote, InterpretationNote]
    assert [type(note) for note in deck.notes] == kinds
    assert [note.line for note in deck.notes] == [12, 28, 41, 59, 70, 87, 107, 127]
    fact, signed, yalta, cloze, choice, items, sequence, judgement = deck.notes
    assert isinstance(fact, FactNote)
    assert fact.aliases == ("beside Stalin", "the seat of honour")
    assert isinstance(signed, DateNote)
    assert (signed.date.edtf, signed.ask, signed.reverse) == ("1950-02-14", "day", True)
    assert yalta.disputes[0].citations[0].anchor == "Signed in March 1945"
    assert isinstance(cloze, ClozeNote)
    assert cloze.gap_aliases == {1: ("Malik", "Yakov Malik")}
    assert isinstance(choice, ChoiceNote)
    assert [option.correct for option in choice.options] == [True, False, False]
    assert isinstance(items, ListNote)
    assert (len(items.items), items.ordered, items.items[4].aliases) == (6, False, ())
    assert isinstance(sequence, SequenceNote)
    assert len(sequence.items) == 4
    assert isinstance(judgement, InterpretationNote)
    assert judgement.contested
    assert judgement.positions[1].reported_by == "monger2014"
    assert not judgement.model_answer.endswith("\n")
    sources = content.bibliography.bibliography.sources
    assert sources["monger2014"].pages == (1, 83)
    assert sources["un-s-res-84"].text is None


def test_a_folder_lists_its_decks_sorted_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "한국.yaml", "sources.yaml", ".hidden.yaml", "note.txt", "C.YAML"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert [path.name for path in deck_files(tmp_path)] == ["C.YAML", "a.yml", "b.yaml", "loop.yaml", "한국.yaml"]
    assert deck_files(tmp_path / "nowhere") == []
    assert deck_files(tmp_path / "b.yaml") == []


def test_two_files_of_one_slug_are_both_in_error_and_name_each_other(folder: Path) -> None:
    _write(folder, one=_deck("x", "a"), two=_deck("x", "b"), three=_deck("y", "a"))
    content = read_folder(folder)
    assert [file.deck is None for file in content.decks] == [True, False, True]
    assert short(content.findings) == "QK303 2:7,QK303 2:7"
    assert "'two.yaml'" in content.findings[0].message
    assert content.findings[0].depends_on == (folder / "two.yaml",)
    assert content.findings[1].depends_on == (folder / "one.yaml",)


def test_a_slug_counts_even_where_the_rest_of_the_file_is_unreadable(folder: Path) -> None:
    _write(folder, one=_deck("x", "a"), two=_deck("x", "b") + "  broken: [\n")
    content = read_folder(folder)
    assert content.decks[1].deck_slug_seen == "x"
    assert [finding.code for finding in content.findings] == ["QK303", "QK303", "QK118"]


@pytest.mark.parametrize(
    ("decks", "expected"),
    [
        ({"one": _deck("x", "a") + "  was: [b]\n" + FACT.replace("id: a", "id: b")}, "QK305 11:9"),
        ({"one": _deck("x", "a") + "  was: [b]\n" + FACT.replace("id: a", "id: c")}, ""),
        ({"one": _deck("x", "a") + "  was: [a]\n"}, "QK305 11:9"),
        ({"one": _deck("x", "a") + "  was: [y/b]\n", "two": _deck("y", "b")}, "QK305 11:9"),
        ({"one": _deck("x", "a") + "  was: [y/b]\n", "two": _deck("y", "c")}, ""),
        ({"one": _deck("x", "a", was="y"), "two": _deck("y", "b")}, "QK305 5:7"),
        ({"one": _deck("x", "a", was="y"), "two": _deck("z", "b")}, ""),
        ({"one": _deck("x", "a", was="z"), "two": _deck("y", "b", was="z")}, "QK306 5:7,QK306 5:7"),
        (
            {"one": _deck("x", "a") + "  was: [o/a]\n", "two": _deck("y", "b") + "  was: [q, o/a]\n"},
            "QK306 11:9,QK306 11:12",
        ),
        ({"one": _deck("x", "a") + "  was: [b]\n", "two": _deck("y", "b") + "  was: [a]\n"}, ""),
        ({"one": _deck("x", "a", was="o"), "two": _deck("y", "b") + "  was: [o/a]\n"}, "QK306 11:9"),
        ({"one": _deck("x", "a", was="o"), "two": _deck("y", "b") + "  was: [o/c]\n"}, ""),
        ({"one": _deck("x", "a", was="o") + "  was: [o/a]\n"}, ""),
    ],
)
def test_an_earlier_name_is_absent_and_claimed_once(folder: Path, decks: dict[str, str], expected: str) -> None:
    _write(folder, **decks)
    content = read_folder(folder)
    assert short(content.findings) == expected
    in_error = {finding.path for finding in content.findings}
    assert {file.path for file in content.decks if file.deck is None} == in_error


def test_a_finding_between_files_survives_that_its_file_vanishes(folder: Path) -> None:
    _write(folder, one=_deck("x", "a"), two=_deck("x", "b"))
    bibliography = read_bibliography(folder)
    files = [read_deck(path, bibliography) for path in deck_files(folder)]
    (folder / "one.yaml").unlink()
    assert short(cross_findings(files)) == "QK303 1:1,QK303 2:7"


def test_files_of_different_folders_do_not_cross(folder: Path) -> None:
    (folder / "inner").mkdir()
    _write(folder, one=_deck("x", "a"))
    _write(folder / "inner", one=_deck("x", "a"))
    both = [read_folder(folder).decks[0], read_folder(folder / "inner").decks[0]]
    assert cross_findings(both) == ()


def test_an_error_in_the_bibliography_stops_its_decks_and_is_told_once(folder: Path) -> None:
    (folder / "sources.yaml").write_text(SOURCES + "  bad: {nam: x}\n", encoding="utf-8")
    _write(folder, one=_deck("x", "a") + "  cite: [{source: un-84, at: whole}]\n")
    content = read_folder(folder)
    assert short(content.findings) == "QK201 8:9"
    assert content.decks[0].deck is None


def test_a_source_with_an_error_of_its_own_is_not_unknown_too(folder: Path) -> None:
    (folder / "sources.yaml").write_text("format: 1\nsources:\n  s: {author: A}\n", encoding="utf-8")
    _write(folder, one=_deck("x", "a") + "  cite: [{source: s, at: whole}]\n")
    assert {finding.code for finding in read_folder(folder).findings} == {"QK202"}


def test_without_a_bibliography_the_first_citation_says_so_and_the_others_are_silent(tmp_path: Path) -> None:
    cite = "  cite: [{source: s, at: p. 1}, {source: t, at: p. 2}]\n"
    _write(tmp_path, one=_deck("x", "a") + cite + FACT.replace("id: a", "id: b") + cite, two=_deck("y", "a"))
    content = read_folder(tmp_path)
    assert short(content.findings) == "QK407 11:19"
    assert [file.deck is None for file in content.decks] == [True, False]
    assert not content.bibliography.exists


def test_warnings_do_not_keep_a_deck_from_loading(folder: Path) -> None:
    _write(folder, one=_deck("x", "a") + "  aliases: [one two three four five]\n")
    content = read_folder(folder)
    assert short(content.findings) == "QK901 11:13"
    assert content.decks[0].deck is not None


def test_a_check_counts_decks_notes_and_cards() -> None:
    report = check_paths([EXAMPLE, EXAMPLE / "mao-in-moscow.yaml", EXAMPLE / "sources.yaml"])
    assert (report.decks, report.notes, report.cards, report.errors, report.warnings) == (1, 8, 13, 0, 0)


def test_a_check_of_one_file_gives_its_findings_and_those_of_its_bibliography(folder: Path) -> None:
    (folder / "sources.yaml").write_text(SOURCES + "typo: x\n", encoding="utf-8")
    _write(folder, one=_deck("x", "a"), two=_deck("x", "b") + "  typo: x\n", three=_deck("y") + "bad\n")
    report = check_paths([folder / "one.yaml"])
    assert [(found.path.name, found.code) for found in report.findings] == [
        ("one.yaml", "QK303"),
        ("sources.yaml", "QK201"),
    ]
    assert (report.decks, report.notes, report.errors, report.warnings) == (1, 0, 2, 0)


@pytest.mark.parametrize("name", ["nowhere", "nowhere.yaml", "deck.txt", "nul\0"])
def test_a_path_that_cannot_be_checked_is_a_wrong_usage(folder: Path, name: str) -> None:
    (folder / "deck.txt").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        check_paths([folder / name])
    assert caught.value.hint


def test_the_collector_is_on_again_after_reading(folder: Path) -> None:
    _write(folder, one=_deck("x", "a"), two="a: [")
    assert gc.isenabled()
    read_folder(folder)
    assert gc.isenabled()
    gc.disable()
    try:
        read_folder(folder)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_importing_the_folder_imports_nothing_heavy() -> None:
    code = "import sys, quizkorea.content.folder, quizkorea.content.rendering; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"yaml", "textual", "rich", "sqlalchemy", "sqlmodel", "pydantic"} & set(done.stdout.split())


def test_the_pure_parser_reads_and_refuses_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    _write(folder, one=_deck("x", "a") + "  aliases: [b, ~, 'c'']\n", two=_deck("y", "a") + "  was: [b]\n\ttab: x\n")
    with_c = read_folder(folder)
    monkeypatch.delattr(yaml, "CLoader")
    assert short(read_folder(folder).findings) == short(with_c.findings)
    assert read_folder(EXAMPLE).decks[0].deck == read_folder(EXAMPLE).decks[0].deck
    assert read_folder(EXAMPLE).findings == ()
