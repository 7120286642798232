-- A memory file as the first release (0.1.0) left it. Not to be edited: such files exist.
PRAGMA journal_mode=WAL;
BEGIN;
CREATE TABLE entity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL) STRICT;

-- The id holds the entity's (see TextId): an entity's observations lie side by side, in their order.
CREATE TABLE observation (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    created TEXT NOT NULL) STRICT;

-- By name, not by id: a dangling relation, where allowed, has no entity yet.
CREATE TABLE relation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    type TEXT NOT NULL,
    created TEXT NOT NULL,
    UNIQUE (source, target, type)) STRICT;
CREATE INDEX relation_target ON relation (target);

-- Every change: what was there before and after it, as JSON.
CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    operation TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT) STRICT;

CREATE TABLE import (
    content TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    at TEXT NOT NULL,
    report TEXT NOT NULL) STRICT;

-- The search's own copies: one document for each name, type and observation under its TextId, one for each entity's name and type.
CREATE VIRTUAL TABLE word USING fts5(text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE trigram USING fts5(text, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1');
-- Collect more before a piece of the index is written: less merging when much comes at once.
INSERT INTO word (word, rank) VALUES ('hashsize', 8388608);
INSERT INTO trigram (trigram, rank) VALUES ('hashsize', 4194304);
CREATE TABLE folded (bucket INTEGER PRIMARY KEY, texts BLOB NOT NULL) STRICT;

INSERT INTO entity VALUES (1, 'Ada', 'person', '2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00.000Z');
INSERT INTO entity VALUES (3, 'Bert', 'person', '2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00.000Z');
INSERT INTO observation VALUES (1048578, 'likes tea', '2026-01-01T10:00:00.000Z');
INSERT INTO relation VALUES (1, 'Ada', 'Bert', 'knows', '2026-01-01T10:00:01.000Z');
INSERT INTO log VALUES (1, '2026-01-01T10:00:00.000Z', 'claude', 'create_entity', 'Ada', NULL, '{"name":"Ada","entityType":"person","observations":["likes tea"]}');
PRAGMA application_id=1298492743;
PRAGMA user_version=1;
COMMIT;
