"""The hot path in plain SQL: due counts, the next card, an answer, an undo. No SQLAlchemy here (DESIGN §8).

`decks` is always the ids of the deck rows that this process has loaded, as a JSON list.
"""

from __future__ import annotations

CARD = """
SELECT c.key, c.name, c.part, n.note_id, n.type, n.line, n.tags, n.content, d.id, d.title, d.path,
       (SELECT max(r.id) FROM review_log r WHERE r.undone_at IS NULL
        AND r.card_key IN (SELECT c.key UNION ALL SELECT key FROM card WHERE merged_into = c.key)),
       m.suspended, m.buried_until, m.flagged, m.flag_note,
       s.state, s.step, s.stability, s.difficulty, s.due_day, s.due_ms, s.last_day, s.last_ms, s.reviews, s.lapses,
       s.revision
FROM card asked
JOIN card c ON c.key = COALESCE(asked.merged_into, asked.key)
JOIN given_card g ON g.card_key = c.key
JOIN note n ON n.id = g.note_row
JOIN deck d ON d.id = g.deck_id
LEFT JOIN card_state s ON s.card_key = c.key
LEFT JOIN card_mark m ON m.card_key = c.key
WHERE asked.key = ?
"""
"""A card as it stands, a row for each deck file that gives it. It is one statement: between two, an answer given
elsewhere could fall."""

BIBLIOGRAPHY = "SELECT bibliography FROM deck WHERE id = ?"

KEYS_BY_NAME = """
SELECT name, key FROM card WHERE merged_into IS NULL AND name IN (SELECT value FROM json_each(?))
"""

IS_GIVEN = """
SELECT 1 FROM given_card WHERE card_key = ? AND deck_id IN (SELECT value FROM json_each(?)) LIMIT 1
"""

READ_AGAIN = """
UPDATE deck SET file_stamp = '' WHERE id IN (SELECT deck_id FROM given_card WHERE card_key = ?)
"""

GIVEN_NAMES = """
SELECT c.name FROM card c JOIN given_card g ON g.card_key = c.key
WHERE c.note_name >= ? AND c.note_name < ? AND g.deck_id IN (SELECT value FROM json_each(?)) ORDER BY c.name
"""

STATE = """
SELECT state, step, stability, difficulty, due_day, due_ms, last_day, last_ms, reviews, lapses, revision
FROM card_state WHERE card_key = ?
"""

MARK_NOW = """
SELECT m.suspended, m.buried_until, m.flagged, m.flag_note
FROM card c JOIN card_mark m ON m.card_key = COALESCE(c.merged_into, c.key) WHERE c.key = ?
"""

MARK = "SELECT suspended, buried_until, flagged, flag_note FROM card_mark WHERE card_key = ?"

_FAMILY = "(SELECT ?1 UNION ALL SELECT key FROM card WHERE merged_into = ?1)"
"""A card's key with those of the cards merged into it: log rows keep the key they were written with."""

NEWEST_LIVE_ROW = f"SELECT max(id) FROM review_log WHERE card_key IN {_FAMILY} AND undone_at IS NULL"

NEWEST_ROW = f"SELECT COALESCE(max(id), 0) FROM review_log WHERE card_key IN {_FAMILY}"

NEWEST_MARK_ROW = f"SELECT max(id) FROM mark_log WHERE card_key IN {_FAMILY} AND undone_at IS NULL"

LIVE_REVIEW_SINCE = f"""
SELECT 1 FROM review_log
WHERE kind = 'review' AND undone_at IS NULL
    AND ((card_key = ?2 AND id > ?3) OR (card_key IN {_FAMILY} AND id > max(?3, ?4))) LIMIT 1
"""
"""?1 the card today, ?2 the card that was shown, ?3 its newest row then, ?4 when it was shown."""

LOG_OF_CARD = f"""
SELECT id, card_key, kind, study_day, state, rating, duration_ms, step, stability, difficulty, due_day, due_ms,
       verdict, confidence, origin, anki_id, undone_at
FROM review_log WHERE card_key IN {_FAMILY} ORDER BY id
"""

STATE_NOW = """
SELECT COALESCE(c.merged_into, c.key), s.state, s.step, s.stability, s.difficulty, s.due_day, s.due_ms, s.last_day,
       s.last_ms, s.reviews, s.lapses, s.revision
FROM card c LEFT JOIN card_state s ON s.card_key = COALESCE(c.merged_into, c.key) WHERE c.key = ?
"""
"""The key of the card that a card is today, and its state."""

ROW_EXISTS = "SELECT 1 FROM review_log WHERE id = ?"

DRAFT = "SELECT text FROM draft WHERE card_key = ?"

SAVE_DRAFT = """
INSERT INTO draft (card_key, text, saved_ms) VALUES (?, ?, ?)
ON CONFLICT (card_key) DO UPDATE SET text = excluded.text, saved_ms = excluded.saved_ms
"""

MOVE_DRAFT = "UPDATE OR IGNORE draft SET card_key = ? WHERE card_key = ?"

DROP_DRAFT = "DELETE FROM draft WHERE card_key = ?"

KEEP_TEXT = "INSERT INTO answer_text (card_key, review_id, at_ms, text) VALUES (?, ?, ?, ?)"

DRAFT_FROM_REVIEW = """
INSERT OR IGNORE INTO draft (card_key, text, saved_ms) SELECT ?, text, ? FROM answer_text WHERE review_id = ?
"""

DRAFT_FROM_TEXT = """
INSERT OR IGNORE INTO draft (card_key, text, saved_ms) SELECT ?, text, ? FROM answer_text WHERE id = ?
"""

INSERT_LOG = """
INSERT INTO review_log (id, card_key, kind, study_day, state, rating, duration_ms, step, stability, difficulty,
                        due_day, due_ms, verdict, confidence, origin, anki_id, undone_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

UNDO_LOG = "UPDATE review_log SET undone_at = ? WHERE id = ?"

WRITE_STATE = """
INSERT INTO card_state (card_key, state, step, stability, difficulty, due_day, due_ms, last_day, last_ms,
                        reviews, lapses, revision)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
ON CONFLICT (card_key) DO UPDATE SET
    state = excluded.state, step = excluded.step, stability = excluded.stability, difficulty = excluded.difficulty,
    due_day = excluded.due_day, due_ms = excluded.due_ms, last_day = excluded.last_day, last_ms = excluded.last_ms,
    reviews = excluded.reviews, lapses = excluded.lapses, revision = card_state.revision + 1
"""

_AVAILABLE = """
c.discarded_at IS NULL
AND COALESCE(m.suspended, 0) = 0 AND (m.buried_until IS NULL OR m.buried_until <= :today)
AND (:tag IS NULL OR instr(n.tags, char(10) || :tag || char(10))) AND (:type IS NULL OR n.type = :type)
"""

_SCHEDULED = """
FROM card_state s
JOIN given_card g ON g.card_key = s.card_key AND +g.deck_id IN (SELECT value FROM json_each(:decks))
JOIN note n ON n.id = g.note_row
JOIN card c ON c.key = s.card_key
LEFT JOIN card_mark m ON m.card_key = s.card_key
"""
"""The plus keeps SQLite from looking a card up once for each deck."""

LEARNING_CARDS = f"""
SELECT s.card_key, c.note_name, c.part, s.due_ms {_SCHEDULED}
WHERE s.state IN (1, 3) AND s.due_ms < :before_ms AND {_AVAILABLE}
"""

REVIEW_CARDS = f"""
SELECT s.card_key, c.note_name, c.part, s.last_day, s.stability {_SCHEDULED}
WHERE s.state = 2 AND s.due_day <= :today AND {_AVAILABLE}
"""

NEXT_DUE_DAY = f"""
SELECT s.due_day {_SCHEDULED}
WHERE s.state = 2 AND s.due_day > :today AND c.discarded_at IS NULL AND COALESCE(m.suspended, 0) = 0
ORDER BY s.due_day LIMIT 1
"""

NEW_CARDS = f"""
SELECT g.card_key, c.note_name, c.part
FROM given_card g
JOIN note n ON n.id = g.note_row
JOIN card c ON c.key = g.card_key
LEFT JOIN card_state s ON s.card_key = g.card_key
LEFT JOIN card_mark m ON m.card_key = g.card_key
WHERE g.deck_id = :deck AND COALESCE(s.state, 0) = 0 AND {_AVAILABLE}
ORDER BY g.position
"""

ALL_CARDS = f"""
SELECT g.card_key, c.note_name, c.part
FROM given_card g
JOIN note n ON n.id = g.note_row
JOIN card c ON c.key = g.card_key
LEFT JOIN card_mark m ON m.card_key = g.card_key
WHERE g.deck_id = :deck AND {_AVAILABLE}
ORDER BY g.position
"""

ANSWERED_TODAY = """
SELECT DISTINCT c.note_name, c.part
FROM review_log r JOIN card o ON o.key = r.card_key JOIN card c ON c.key = COALESCE(o.merged_into, o.key)
WHERE r.study_day = ? AND r.kind = 'review' AND r.undone_at IS NULL
"""

DONE_TODAY = """
SELECT COALESCE(sum(COALESCE(prior, 0) = 0), 0), COALESCE(sum(prior = 2), 0), count(*) FROM (
    SELECT (SELECT CASE p.kind WHEN 'reset' THEN 0 ELSE p.state END FROM review_log p
            WHERE p.card_key IN (SELECT key FROM card WHERE key = COALESCE(o.merged_into, o.key)
                                 UNION ALL SELECT key FROM card WHERE merged_into = COALESCE(o.merged_into, o.key))
              AND p.id < r.id AND p.undone_at IS NULL
            ORDER BY p.id DESC LIMIT 1) AS prior
    FROM review_log r JOIN card o ON o.key = r.card_key
    WHERE r.study_day = ? AND r.kind = 'review' AND r.undone_at IS NULL
)
"""
"""Live reviews of a study day: of cards that were new before (no row, or a reset), of Review cards, and in all."""

CARDS_BY_DECK = """
SELECT deck_id, count(*) FROM given_card WHERE deck_id IN (SELECT value FROM json_each(?)) GROUP BY deck_id
"""

SEEN_BY_DECK = """
SELECT g.deck_id, count(*) FROM card_state s CROSS JOIN given_card g ON g.card_key = s.card_key
WHERE s.state > 0 GROUP BY g.deck_id
"""

SUSPENDED_BY_DECK = """
SELECT g.deck_id, count(*) FROM card_mark m CROSS JOIN given_card g ON g.card_key = m.card_key
WHERE m.suspended GROUP BY g.deck_id
"""
"""Both begin with the cards that were studied or marked (hence CROSS), and count other decks of theirs too."""

ACCEPTED_ELSEWHERE = """
SELECT 1 FROM note n
WHERE n.deck_id IN (SELECT value FROM json_each(?)) AND instr(n.accepted, ?)
LIMIT 1
"""

NEXT_NOTE_NAME = "SELECT note_name FROM card WHERE note_name >= ? ORDER BY note_name LIMIT 1"

IS_STUDIED = """
SELECT 1 FROM card c JOIN card_state s ON s.card_key = c.key
WHERE c.note_name >= ? AND c.note_name < ? AND c.merged_into IS NULL AND c.discarded_at IS NULL AND s.state <> 0
LIMIT 1
"""

HAS_TAG = """
SELECT 1 FROM note WHERE deck_id IN (SELECT value FROM json_each(?)) AND instr(tags, char(10) || ? || char(10)) LIMIT 1
"""

WRITE_MARK = """
INSERT INTO card_mark (card_key, suspended, buried_until, flagged, flag_note) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (card_key) DO UPDATE SET suspended = excluded.suspended, buried_until = excluded.buried_until,
    flagged = excluded.flagged, flag_note = excluded.flag_note
"""

LOG_MARK = "INSERT INTO mark_log (card_key, at_ms, kind, before, after) VALUES (?, ?, ?, ?, ?)"

NEXT_MARK_MS = "SELECT max(?, COALESCE((SELECT max(at_ms) FROM mark_log), 0) + 1)"

MARKS_OF_ACTION = """
SELECT id, card_key, before, after FROM mark_log WHERE at_ms = ? AND undone_at IS NULL ORDER BY id DESC
"""

UNDO_MARKS = "UPDATE mark_log SET undone_at = ? WHERE at_ms = ?"
