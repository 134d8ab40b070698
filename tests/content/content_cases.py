"""The table of rules: for each a text that trips it, the code and place it must give, and a near miss that must not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from quizkorea.content.findings import Finding

EXAMPLE = Path(__file__).parent.parent / "data" / "example"
BROKEN = Path(__file__).parent.parent / "data" / "broken"

HEADER = "format: 1\ndeck: korea\ntitle: Korea\nsummary: The war.\nnotes:\n"
"""Five lines, so that a note begins on line 6."""

SOURCES = """\
format: 1
sources:
  monger2014: {author: Monger, title: Decision, year: 2014, kind: thesis, pages: 1-83, text: m.txt, locators: [preface]}
  un-84: {author: UN, title: Resolution 84, year: 1950, kind: document, locators: [whole]}
holders:
  thornton: {name: Richard C. Thornton, aliases: [Thornton]}
  monger: {name: Bradley M. Monger}
"""

FACT = "- id: a\n  type: fact\n  kind: person\n  question: Who?\n  answer: Kim\n"
DATE = "- id: a\n  type: date\n  event: War\n"
CLOZE = "- id: a\n  type: cloze\n"
CHOICE = "- id: a\n  type: choice\n  question: Which?\n"
LIST = "- id: a\n  type: list\n  question: Which?\n"
SEQUENCE = "- id: a\n  type: sequence\n"
POINTS = "  key_points: [{text: one}, {text: two}, {text: three}]\n"
INTERPRETATION = f"- id: a\n  type: interpretation\n  question: Why?\n  model_answer: Because.\n{POINTS}"
CITE = FACT + "  cite:\n"


def short(findings: Iterable[Finding]) -> str:
    """`QK201 7:5,QK202 9:1`."""
    return ",".join(f"{found.code} {found.line}:{found.column}" for found in findings)


@dataclass(frozen=True)
class Case:
    """`bad` must give exactly `expected` (`QK201 7:3`, several separated by commas), `good` nothing."""

    bad: str
    expected: str
    good: str
    hint: str = ""
    """A part of the hint of the first finding."""


NOTES = [
    # keys and values
    Case(FACT + "  alises: [Kim]\n", "QK201 11:3", FACT + "  aliases: [Kim]\n", "did you mean 'aliases'?"),
    Case(FACT + "  options: [Kim]\n", "QK201 11:3", FACT + "  tags: [Kim]\n", "belongs to a note of type choice"),
    Case("- id: a\n  type: fact\n  kind: term\n  question: Q\n", "QK202 6:3", FACT),
    Case("- id: a\n  type: fact\n  kind: term\n  question: Q\n  anwser: b\n", "QK201 10:3", FACT, "'answer'"),
    Case(FACT + "  aliases: Kim\n", "QK203 11:12", FACT + "  aliases: [Kim]\n", "Write a list"),
    Case(FACT + "  explanation: [x, y]\n", "QK203 11:16", FACT + "  explanation: x\n"),
    Case(
        FACT + "  aliases:\n  - Kim\n  - foo: bar\n",
        "QK203 13:5",
        FACT + "  aliases:\n  - Kim\n  - 'foo: bar'\n",
        "colon",
    ),
    Case(
        CHOICE + "  options: [x, y]\n",
        "QK203 9:13,QK203 9:16",
        CHOICE + "  options: [{text: x, correct: true}, {text: y}]\n",
    ),
    Case(
        CLOZE + "  text: '{{c1::a}}'\n  gap_aliases: [a]\n",
        "QK203 9:16",
        CLOZE + "  text: '{{c1::a}}'\n  gap_aliases: {c1: [a]}\n",
    ),
    Case("- text\n", "QK203 6:3", FACT),
    Case(
        DATE + "  date: 1950\n  reverse: yes\n", "QK204 10:12", DATE + "  date: 1950\n  reverse: true\n", "write true"
    ),
    Case(
        DATE + "  date: 1950\n  reverse: False\n",
        "QK204 10:12",
        DATE + "  date: 1950\n  reverse: false\n",
        "write false",
    ),
    Case(FACT.replace("person", "persn"), "QK209 8:9", FACT, "did you mean 'person'?"),
    Case(FACT.replace("fact", "fakt"), "QK208 7:9", FACT, "did you mean 'fact'?"),
    Case("- id: a\n", "QK202 6:3", FACT),
    Case(FACT + "  reverse_question: Q\n", "QK210 11:3", FACT + "  reverse_question: Q\n  reverse_answer: A\n"),
    Case(FACT + "  image: map.png\n", "QK210 11:3,QK904 11:10", FACT),
    Case(FACT + "  alt: A map\n", "QK210 11:3", FACT),
    Case(FACT + "  aliases: []\n", "QK211 11:3", FACT),
    Case(FACT + "  image: ../map.png\n  alt: A map\n", "QK212 11:10", FACT),
    Case(FACT + "  image: map.png\n  alt: A map\n", "QK904 11:10", FACT),
    # what is missing
    Case(CHOICE, "QK202 6:3", CHOICE + "  options: [{text: x, correct: true}, {text: y}]\n"),
    Case(LIST + "  items: [{txt: a}, {text: b}]\n", "QK201 9:12", LIST + "  items: [{text: a}, {text: b}]\n"),
    Case(SEQUENCE, "QK202 6:3", FACT),
    Case(CLOZE, "QK202 6:3", FACT),
    Case(DATE, "QK202 6:3", DATE + "  date: 1950\n"),
    Case("- type: fact\n  kind: term\n  question: Q\n  answer: A\n", "QK202 6:3", FACT),
    Case(INTERPRETATION, "QK202 6:3", INTERPRETATION + "  contested: false\n"),
    Case(
        INTERPRETATION.replace(POINTS, "") + "  contested: false\n",
        "QK202 6:3",
        INTERPRETATION + "  contested: false\n",
    ),
    Case(
        INTERPRETATION + "  contested: false\n  positions:\n  - {id: x, claim: c}\n",
        "QK202 13:5",
        INTERPRETATION + "  contested: false\n  positions:\n  - {id: x, holders: [monger], claim: c}\n",
    ),
    Case(CITE + "  - {at: p. 3}\n", "QK202 12:5", CITE + "  - {source: un-84, at: whole}\n"),
    Case(
        CHOICE + "  options: [{text: x, correct: yes}, {text: y}]\n",
        "QK204 9:32",
        CHOICE + "  options: [{text: x, correct: true}, {text: y}]\n",
    ),
    # ids and names
    Case(FACT.replace("id: a", "id: A_b"), "QK301 6:7", FACT.replace("id: a", "id: a-b2"), "lower-case"),
    Case(FACT.replace("id: a", "id: a--b"), "QK301 6:7", FACT.replace("id: a", "id: a-b")),
    Case(FACT.replace("id: a", "id: " + "a" * 65), "QK301 6:7", FACT.replace("id: a", "id: " + "a" * 64)),
    Case(FACT + FACT, "QK302 11:7", FACT + FACT.replace("id: a", "id: b")),
    Case(FACT + "  was: [a/b/c]\n", "QK304 11:9", FACT + "  was: [b/c]\n"),
    Case(FACT + "  was: [x, Old]\n", "QK304 11:12", FACT + "  was: [x, old]\n"),
    # dates
    Case(DATE + "  date: 1950-13-45\n", "QK501 9:9", DATE + "  date: 1950-12-31\n"),
    Case(DATE + "  date: 1950-02-29\n", "QK501 9:9", DATE + "  date: 1952-02-29\n"),
    Case(DATE + "  date: 1950\n  ask: week\n", "QK502 10:8", DATE + "  date: 1950\n  ask: year\n"),
    Case(DATE + "  date: 1950-06\n  ask: day\n", "QK503 10:8", DATE + "  date: 1950-06-25\n  ask: day\n"),
    Case(
        DATE + "  date: 1950\n  disputed:\n  - value: some spring\n    note: n\n",
        "QK905 11:12",
        DATE + "  date: 1950\n  disputed:\n  - value: 1950-06\n    note: n\n",
    ),
    Case(
        SEQUENCE + "  items: [{text: a, date: 1949}, {text: b, date: 1950}, {text: c, date: 1950-06}]\n",
        "QK504 8:73",
        SEQUENCE + "  items: [{text: a, date: 1949}, {text: b, date: 1951}, {text: c, date: 1950-06}]\n",
    ),
    # rules of the types
    Case(
        CHOICE + "  options: [{text: a, correct: true}]\n",
        "QK601 9:3",
        CHOICE + "  options: [{text: a, correct: true}, {text: b}]\n",
    ),
    Case(LIST + "  items: [{text: a}]\n", "QK601 9:3", LIST + "  items: [{text: a}, {text: b}]\n"),
    Case(
        SEQUENCE + "  items: [{text: a, date: 1949}, {text: b, date: 1950}]\n",
        "QK601 8:3",
        SEQUENCE + "  items: [{text: a, date: 1949}, {text: b, date: 1950}, {text: c, date: 1951}]\n",
    ),
    Case(
        INTERPRETATION.replace(", {text: three}", "") + "  contested: false\n",
        "QK601 10:3",
        INTERPRETATION + "  contested: false\n",
    ),
    Case(
        CHOICE + "  options: [{text: a}, {text: b, correct: false}]\n",
        "QK602 9:3",
        CHOICE + "  options: [{text: a}, {text: b, correct: true}]\n",
    ),
    Case(INTERPRETATION + "  contested: true\n", "QK603 11:3", INTERPRETATION + "  contested: false\n"),
    Case(
        INTERPRETATION + "  contested: true\n  positions:\n  - {id: x, holders: [monger], claim: c}\n",
        "QK603 12:3",
        INTERPRETATION
        + "  contested: true\n  positions:\n  - {id: x, holders: [monger], claim: c}\n"
        + "  - {id: y, holders: [thornton], claim: c}\n",
    ),
    Case(CLOZE + "  text: no gap\n", "QK604 8:9", CLOZE + "  text: '{{c1::a}} gap'\n"),
    Case(CLOZE + "  text: 'a {{c1::b'\n", "QK605 8:12", CLOZE + "  text: 'a {{c1::b}}'\n"),
    Case(CLOZE + "  text: 'a {{c1::b}} c }} d'\n", "QK605 8:24", CLOZE + "  text: 'a {{c1::b}} c } d'\n"),
    Case(
        CLOZE + "  text: >-\n    a {{c1::b}}\n    and {{c0::d}} e\n",
        "QK605 10:9",
        CLOZE + "  text: >-\n    a {{c1::b}}\n",
    ),
    Case(CLOZE + "  text: 'a {{c500::b}}'\n", "QK605 8:12", CLOZE + "  text: 'a {{c499::b}}'\n"),
    Case(CLOZE + "  text: 'a {{c1::}}'\n", "QK605 8:12", CLOZE + "  text: 'a {{c1::x}}'\n"),
    Case(
        CLOZE + "  text: 'a {{c1::b}}'\n  gap_aliases: {c2: [d]}\n",
        "QK606 9:17",
        CLOZE + "  text: 'a {{c1::b}}'\n  gap_aliases: {c1: [d]}\n",
    ),
    Case(FACT.replace("Kim", "'...'"), "QK608 10:11", FACT.replace("Kim", "'...!1'")),
    Case(FACT.replace("Kim", "👍"), "QK608 10:11", FACT.replace("Kim", "김")),
    Case(LIST + "  items: [{text: a; b}, {text: c}]\n", "QK608 9:18", LIST + "  items: [{text: a}, {text: c}]\n"),
    Case(LIST + "  items: [{text: a}, {text: A}]\n", "QK607 9:29", LIST + "  items: [{text: a}, {text: b}]\n"),
    Case(
        CHOICE + "  options: [{text: a, correct: true}, {text: a}]\n",
        "QK607 9:46",
        CHOICE + "  options: [{text: a, correct: true}, {text: aa}]\n",
    ),
    Case(
        INTERPRETATION + "  contested: true\n  positions:\n  - {id: x, holders: [monger], claim: c}\n"
        "  - {id: x, holders: [thornton], claim: c}\n",
        "QK307 14:10",
        INTERPRETATION + "  contested: true\n  positions:\n  - {id: x, holders: [monger], claim: c}\n"
        "  - {id: y, holders: [thornton], claim: c}\n",
    ),
    # citations
    Case(
        CITE + "  - {source: monger2015, at: p. 2}\n",
        "QK401 12:14",
        CITE + "  - {source: un-84, at: whole}\n",
        "monger2014",
    ),
    Case(
        CITE + "  - {source: monger2014, at: page 2, anchor: one two three}\n",
        "QK402 12:30",
        CITE + "  - {source: monger2014, at: p. 2, anchor: one two three}\n",
        "Write 'p. 12'",
    ),
    Case(
        CITE + "  - {source: monger2014, at: prefac, anchor: one two three}\n",
        "QK402 12:30",
        CITE + "  - {source: monger2014, at: preface, anchor: one two three}\n",
        "did you mean 'preface'?",
    ),
    Case(CITE + "  - {source: un-84, at: p. 2}\n", "QK402 12:25", CITE + "  - {source: un-84, at: whole}\n", "'whole'"),
    Case(
        CITE + "  - {source: monger2014, at: pp. 9-8, anchor: one two three}\n",
        "QK402 12:30",
        CITE + "  - {source: monger2014, at: pp. 8-9, anchor: one two three}\n",
    ),
    Case(
        CITE + "  - {source: monger2014, at: p. 84, anchor: one two three}\n",
        "QK403 12:30",
        CITE + "  - {source: monger2014, at: p. 83, anchor: one two three}\n",
    ),
    Case(
        CITE + "  - {source: monger2014, at: p. 3, anchor: one two}\n",
        "QK404 12:44",
        CITE + "  - {source: monger2014, at: p. 3, anchor: one two three}\n",
    ),
    Case(
        CITE + "  - source: monger2014\n    at: p. 3\n    anchor: a b c d e f g h i\n",
        "QK404 14:13",
        CITE + "  - source: monger2014\n    at: p. 3\n    anchor: a b c d e f g h\n",
    ),
    Case(
        CITE + "  - {source: monger2014, at: p. 3}\n",
        "QK902 12:5",
        CITE + "  - {source: monger2014, at: p. 3, anchor: one two three}\n",
    ),
    Case(
        CITE + "  - {source: un-84, at: whole, anchor: one two three}\n",
        "QK903 12:40",
        CITE + "  - {source: un-84, at: whole}\n",
    ),
    Case(
        INTERPRETATION + "  contested: false\n  positions:\n  - {id: x, holders: [monge], claim: c}\n",
        "QK405 13:23",
        INTERPRETATION + "  contested: false\n  positions:\n  - {id: x, holders: [monger], claim: c}\n",
        "did you mean 'monger'?",
    ),
    Case(
        INTERPRETATION + "  contested: false\n  positions:\n  - {id: x, holders: [monger, monger], claim: c}\n",
        "QK411 13:31",
        INTERPRETATION + "  contested: false\n  positions:\n  - {id: x, holders: [monger, thornton], claim: c}\n",
    ),
    Case(
        INTERPRETATION
        + "  contested: false\n  positions:\n  - {id: x, holders: [monger], claim: c, reported_by: un}\n",
        "QK406 13:55",
        INTERPRETATION
        + "  contested: false\n  positions:\n  - {id: x, holders: [monger], claim: c, reported_by: un-84}\n",
    ),
    Case(FACT + "  disputed: [{value: Park}]\n", "QK202 11:14", FACT + "  disputed: [{value: Park, note: n}]\n"),
    # flow style
    Case(
        FACT + "  aliases: [one two three four five]\n",
        "QK901 11:13",
        FACT + "  aliases: [one two three four, 'a b c d e']\n",
        "Quote it",
    ),
    Case(
        LIST + "  items: [{text: Zhou, the premier}, {text: b}]\n",
        "QK120 9:24",
        LIST + "  items: [{text: 'Zhou, the premier'}, {text: b}]\n",
        "did a comma split this text? quote it",
    ),
]
