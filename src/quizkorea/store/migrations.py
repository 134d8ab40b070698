"""The schema as numbered, frozen SQL. Never edit a migration that was released: add the next one.

Times are integer milliseconds UTC, study days ISO dates, lists and mappings JSON. A test holds the sum of all
migrations against the SQLModel tables in `tables.py`.
"""

from __future__ import annotations

_FIRST = """
CREATE TABLE meta (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    fsrs_parameters TEXT
);
CREATE TABLE deck (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    folder TEXT NOT NULL,
    slug TEXT,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    course_order INTEGER,
    language TEXT,
    license TEXT,
    authors TEXT NOT NULL,
    tags TEXT NOT NULL,
    was TEXT NOT NULL,
    bibliography TEXT NOT NULL,
    file_stamp TEXT NOT NULL,
    sources_stamp TEXT NOT NULL,
    read_ns INTEGER NOT NULL,
    problem TEXT
);
CREATE INDEX ix_deck_slug ON deck (slug);
CREATE TABLE note (
    id INTEGER NOT NULL PRIMARY KEY,
    deck_id INTEGER NOT NULL REFERENCES deck (id) ON DELETE CASCADE,
    note_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    type TEXT NOT NULL,
    tags TEXT NOT NULL,
    content TEXT NOT NULL,
    accepted TEXT NOT NULL,
    CONSTRAINT uq_note_deck_note UNIQUE (deck_id, note_id)
);
CREATE TABLE card (
    key INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    note_name TEXT NOT NULL,
    part TEXT NOT NULL,
    guid TEXT NOT NULL,
    ord INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    merged_into INTEGER REFERENCES card (key),
    discarded_at INTEGER
);
CREATE INDEX ix_card_note_name ON card (note_name);
CREATE INDEX ix_card_guid ON card (guid, ord);
CREATE INDEX ix_card_merged_into ON card (merged_into);
CREATE TABLE given_card (
    deck_id INTEGER NOT NULL REFERENCES deck (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    note_row INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    card_key INTEGER NOT NULL REFERENCES card (key),
    PRIMARY KEY (deck_id, position)
);
CREATE INDEX ix_given_card_card_key ON given_card (card_key, deck_id);
CREATE INDEX ix_given_card_note_row ON given_card (note_row);
CREATE TABLE card_state (
    card_key INTEGER NOT NULL PRIMARY KEY REFERENCES card (key),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    step INTEGER,
    stability FLOAT,
    difficulty FLOAT,
    due_day TEXT,
    due_ms INTEGER,
    last_day TEXT,
    last_ms INTEGER,
    reviews INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    revision INTEGER NOT NULL
);
CREATE INDEX ix_card_state_due ON card_state (state, due_day, due_ms);
CREATE TABLE card_mark (
    card_key INTEGER NOT NULL PRIMARY KEY REFERENCES card (key),
    suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    buried_until TEXT,
    flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    flag_note TEXT
);
CREATE TABLE mark_log (
    id INTEGER NOT NULL PRIMARY KEY,
    card_key INTEGER NOT NULL REFERENCES card (key),
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('suspend', 'bury', 'flag', 'was', 'rename', 'discard')),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    undone_at INTEGER
);
CREATE INDEX ix_mark_log_card_key ON mark_log (card_key);
CREATE INDEX ix_mark_log_at_ms ON mark_log (at_ms);
CREATE TABLE review_log (
    id INTEGER NOT NULL PRIMARY KEY,
    card_key INTEGER NOT NULL REFERENCES card (key),
    kind TEXT NOT NULL CHECK (kind IN ('review', 'reset', 'set due')),
    study_day TEXT NOT NULL,
    rating INTEGER CHECK (rating BETWEEN 1 AND 4),
    duration_ms INTEGER,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    step INTEGER,
    stability FLOAT,
    difficulty FLOAT,
    due_day TEXT,
    due_ms INTEGER,
    verdict TEXT,
    confidence INTEGER,
    origin TEXT NOT NULL CHECK (origin IN ('here', 'anki')),
    anki_id INTEGER,
    undone_at INTEGER
);
CREATE INDEX ix_review_log_card ON review_log (card_key, id);
CREATE INDEX ix_review_log_study_day ON review_log (study_day);
CREATE TABLE draft (
    card_key INTEGER NOT NULL PRIMARY KEY REFERENCES card (key),
    text TEXT NOT NULL,
    saved_ms INTEGER NOT NULL
);
CREATE TABLE answer_text (
    id INTEGER NOT NULL PRIMARY KEY,
    card_key INTEGER NOT NULL REFERENCES card (key),
    review_id INTEGER REFERENCES review_log (id),
    at_ms INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX ix_answer_text_card_key ON answer_text (card_key);
CREATE INDEX ix_answer_text_review_id ON answer_text (review_id);
CREATE TABLE quiz (
    id INTEGER NOT NULL PRIMARY KEY,
    started_ms INTEGER NOT NULL,
    finished_ms INTEGER,
    seed INTEGER NOT NULL,
    exam INTEGER NOT NULL CHECK (exam IN (0, 1)),
    settings TEXT NOT NULL
);
CREATE TABLE quiz_item (
    quiz_id INTEGER NOT NULL REFERENCES quiz (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    card_key INTEGER NOT NULL REFERENCES card (key),
    question TEXT NOT NULL,
    answer TEXT,
    verdict TEXT,
    credit FLOAT,
    confidence INTEGER,
    answered_ms INTEGER,
    PRIMARY KEY (quiz_id, position)
);
"""

MIGRATIONS: tuple[str, ...] = (_FIRST,)
"""Migration N stands at index N-1 and takes a store from version N-1 to N."""

SCHEMA_VERSION = len(MIGRATIONS)


def statements(script: str) -> list[str]:
    """The single statements of a migration (it holds no semicolon inside a text or a trigger)."""
    return [statement for part in script.split(";") if (statement := part.strip())]
