"""The table of rules for whole deck files, their YAML, and the bibliography."""

from __future__ import annotations

from content_cases import FACT, HEADER, Case

DECKS = [
    Case(HEADER.replace("format: 1", "format: one") + FACT, "QK206 1:9", HEADER + FACT),
    Case(HEADER.replace("format: 1", "format: 0") + FACT, "QK206 1:9", HEADER + FACT),
    Case(HEADER.replace("format: 1", "format: 2") + FACT, "QK207 1:9", HEADER + FACT, "update quizkorea"),
    Case(HEADER.replace("format: 1\n", "") + FACT, "QK202 1:1", HEADER + FACT),
    Case("order: 4th\n" + HEADER + FACT, "QK205 1:8", "order: 40\n" + HEADER + FACT),
    Case("order: -1\n" + HEADER + FACT, "QK205 1:8", "order: 0\n" + HEADER + FACT),
    Case(
        "titel: x\n" + HEADER.replace("title: Korea\n", "") + FACT, "QK201 1:1", HEADER + FACT, "did you mean 'title'?"
    ),
    Case("sources: {}\n" + HEADER + FACT, "QK201 1:1", HEADER + FACT, "sources.yaml"),
    Case("format: 1\ndeck: korea\ntitle: K\nsummary: s\nnotes: []\n", "QK211 5:1", HEADER + FACT),
    Case("was: [a/b]\n" + HEADER + FACT, "QK304 1:7", "was: [a]\n" + HEADER + FACT),
    # YAML
    Case(HEADER + FACT + "  explanation: &x why\n", "QK107 11:16", HEADER + FACT + "  explanation: '&x why'\n"),
    Case(HEADER + FACT + "  explanation: *x\n", "QK108 11:16", HEADER + FACT + "  explanation: '*x'\n", "quote it"),
    Case(HEADER + FACT + "  <<: {tags: [a]}\n", "QK109 11:3", HEADER + FACT + "  tags: [a]\n"),
    Case(HEADER + FACT + "  explanation: !!str 1\n", "QK110 11:16", HEADER + FACT + "  explanation: '!!str 1'\n"),
    Case(HEADER + FACT + "  answer: Lee\n", "QK111 11:3", HEADER + FACT),
    Case(HEADER + FACT + "---\na: b\n", "QK112 11:1", "---\n" + HEADER + FACT + "...\n"),
    Case(HEADER + FACT + "...\na: b\n", "QK112 12:1", HEADER + FACT + "...\n"),
    Case("", "QK113 1:1", HEADER + FACT),
    Case("# only a comment\n", "QK113 1:1", "# a comment\n" + HEADER + FACT),
    Case("---\n", "QK113 1:1", "---\n" + HEADER + FACT),
    Case("- a\n", "QK114 1:1", HEADER + FACT),
    Case("just text\n", "QK114 1:1", HEADER + FACT),
    Case(HEADER + FACT + "  tags: [a]x\n", "QK115 11:12", HEADER + FACT + "  tags: ['[a]x']\n", "Quote"),
    Case(HEADER + FACT + "  explanation: @x\n", "QK115 11:16", HEADER + FACT + "  explanation: '@x'\n", "Quote"),
    Case(HEADER + FACT + "  explanation: 'it's'\n", "QK115 11:20", HEADER + FACT + "  explanation: 'it''s'\n", "twice"),
    Case(
        HEADER + FACT + '  explanation: "\\d"\n', "QK115 11:17", HEADER + FACT + "  explanation: '\\d'\n", "backslash"
    ),
    Case(HEADER + FACT + "  explanation: - x\n", "QK115 11:16", HEADER + FACT + "  explanation: '- x'\n"),
    Case(HEADER + FACT + "  explanation: > x\n", "QK115 11:16", HEADER + FACT + "  explanation: >-\n    x\n"),
    Case(HEADER + FACT + "  explanation: *x* y\n", "QK115 11:16", HEADER + FACT + "  explanation: '*x* y'\n", "Quote"),
    Case(HEADER + FACT + "  tags: [a, , b]\n", "QK115 11:13", HEADER + FACT + "  tags: [a, b]\n"),
    Case(HEADER + FACT + " tags: [a]\n", "QK115 11:2", HEADER + FACT + "  tags: [a]\n", "alike"),
    Case(HEADER + FACT + "id: b\n- x\n", "QK115 12:1", HEADER + FACT),
    Case(HEADER + FACT + "  tags\n  alt: b\n", "QK115 11:3", HEADER + FACT + "  tags: [b]\n", "key: value"),
    Case(HEADER + FACT + "\ttags: [a]\n", "QK116 11:1", HEADER + FACT + "  tags: [\ta]\n", "spaces"),
    Case(HEADER + FACT + '  explanation: "why\n', "QK117 11:16", HEADER + FACT + '  explanation: "why"\n'),
    Case(HEADER + FACT + "  explanation: 'why\n", "QK117 11:16", HEADER + FACT + "  explanation: 'why'\n"),
    Case(HEADER + FACT + "  tags: [a, b\n  alt: c\n", "QK118 11:9", HEADER + FACT + "  tags: [a, b]\n", "']'"),
    Case(
        HEADER + FACT + "  explanation: so: why\n",
        "QK119 11:18",
        HEADER + FACT + "  explanation: so:why\n",
        "quote the text, it contains a colon",
    ),
    Case(HEADER + FACT + "   tags: [a]\n", "QK119 11:8", HEADER + FACT + "  tags: [a]\n", "Indent"),
    Case(HEADER + FACT + "  explanation:\n", "QK120 11:3", HEADER + FACT + "  explanation: '~'\n", "leave the key out"),
    Case(
        HEADER + FACT + "  explanation: ~\n", "QK120 11:3", HEADER + FACT + "  explanation: null\n", "leave the key out"
    ),
    Case(
        HEADER + FACT + "  explanation: ''\n", "QK120 11:3", HEADER + FACT + "  explanation: '0'\n", "leave the key out"
    ),
    Case(HEADER + FACT + "  aliases:\n  -\n  - b\n", "QK120 12:4", HEADER + FACT + "  aliases:\n  - b\n"),
    Case(HEADER + FACT + "  ? [a]\n  : b\n", "QK121 11:5", HEADER + FACT),
    Case(HEADER + FACT + "  ? ''\n  : b\n", "QK121 11:5", HEADER + FACT),
    Case(HEADER + FACT + "  aliases: " + "[" * 19 + "a" + "]" * 19 + "\n", "QK106 11:29", HEADER + FACT),
    Case(HEADER + FACT + "  explanation: a\x1bb\n", "QK105 11:17", HEADER + FACT + "  explanation: a\tb\n"),
    Case(HEADER + FACT + "  explanation: a\u2028b\n", "QK105 11:17", HEADER + FACT + "  explanation: a\u00a0b\n"),
    Case(HEADER + FACT + '  explanation: "a\\eb"\n', "QK105 11:16", HEADER + FACT + '  explanation: "a\\nb"\n'),
    Case(HEADER + FACT + "  ? {x: [y]}\n  : b\n  typo: x\n", "QK121 11:5,QK201 13:3", HEADER + FACT),
    Case(HEADER + FACT + "  *x : b\n", "QK108 11:3", HEADER + FACT),
]

_ONE = "format: 1\nsources:\n  s: {author: A, title: T, year: 1950, kind: book"
BIBLIOGRAPHIES = [
    Case(_ONE + ", page: 1-3}\n", "QK201 3:52", _ONE + ", pages: 1-3}\n", "did you mean 'pages'?"),
    Case("format: 1\nsources:\n  s: {author: A, title: T, year: 1950}\n", "QK202 3:6", _ONE + "}\n"),
    Case("format: 1\nholders: {a: {name: A}}\n", "QK202 1:1", _ONE + "}\nholders: {a: {name: A}}\n"),
    Case(_ONE + "}\nholders: {a: {aliases: [b]}}\n", "QK202 4:14", _ONE + "}\nholders: {a: {name: b}}\n"),
    Case("format: 1\nsources: [a]\n", "QK203 2:10", _ONE + "}\n"),
    Case("format: 2\nsources: {s: {author: A, title: T, year: 1, kind: b}}\n", "QK207 1:9", _ONE + "}\n"),
    Case("format: 1\nsources: {}\n", "QK211 2:1", _ONE + "}\n"),
    Case(_ONE + ", text: ../a.txt}\n", "QK212 3:58", _ONE + ", text: a.txt}\n"),
    Case(_ONE.replace("s:", "S:").replace("sourceS", "sources") + "}\n", "QK301 3:3", _ONE + "}\n"),
    Case(_ONE + ", pages: 12}\n", "QK408 3:59", _ONE + ", pages: 12-12}\n", "'1-83'"),
    Case(_ONE + ", pages: 9-8}\n", "QK408 3:59", _ONE + ", pages: 8-9}\n"),
    Case(_ONE + ", attribution: guessed}\n", "QK409 3:65", _ONE + ", attribution: inferred}\n"),
    Case(_ONE + ", url: www.un.org}\n", "QK410 3:57", _ONE + ', url: "https://www.un.org/a"}\n'),
    Case("deck: x\n" + _ONE + "}\n", "QK201 1:1", _ONE + "}\n", "another file name"),
]
