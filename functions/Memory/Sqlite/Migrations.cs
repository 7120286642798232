namespace Memory.Sqlite;

/// <summary>The tables of the memory file, from its first version to the current one.</summary>
internal static class Migrations
{
    /// <summary>Each brings a file one version further. Never edited once released: a change is a new one.</summary>
    public static readonly string[] All =
    [
        """
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
            """,
        """
            -- Every key begins with the namespace it belongs to; 1 is the default one.
            CREATE TABLE namespace (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created TEXT NOT NULL) STRICT;
            INSERT INTO namespace (id, name, created) VALUES (1, 'default', strftime('%Y-%m-%dT%H:%M:%fZ'));

            -- The last number given to an entity, a relation, a term ...: none is given twice.
            CREATE TABLE counter (namespace INTEGER NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (namespace, name)) STRICT, WITHOUT ROWID;

            ALTER TABLE entity RENAME TO old_entity;
            CREATE TABLE entity (
                namespace INTEGER NOT NULL,
                id INTEGER NOT NULL,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                created TEXT NOT NULL,
                updated TEXT NOT NULL,
                PRIMARY KEY (namespace, id)) STRICT, WITHOUT ROWID;
            INSERT INTO entity SELECT 1, id, name, type, created, updated FROM old_entity ORDER BY id;
            INSERT INTO counter SELECT 1, 'entity', coalesce((SELECT seq FROM sqlite_sequence WHERE name IN ('entity', 'old_entity')), 0);
            DROP TABLE old_entity;
            CREATE UNIQUE INDEX entity_name ON entity (namespace, name);

            -- The id holds the entity's (see TextId): an entity's observations lie side by side, in their order.
            ALTER TABLE observation RENAME TO old_observation;
            CREATE TABLE observation (
                namespace INTEGER NOT NULL,
                id INTEGER NOT NULL,
                text TEXT NOT NULL,
                created TEXT NOT NULL,
                until TEXT,
                PRIMARY KEY (namespace, id)) STRICT, WITHOUT ROWID;
            INSERT INTO observation SELECT 1, id, text, created, NULL FROM old_observation ORDER BY id;
            DROP TABLE old_observation;

            -- By name, not by id: a dangling relation, where allowed, has no entity yet.
            ALTER TABLE relation RENAME TO old_relation;
            CREATE TABLE relation (
                namespace INTEGER NOT NULL,
                id INTEGER NOT NULL,
                source TEXT NOT NULL,
                target TEXT NOT NULL,
                type TEXT NOT NULL,
                created TEXT NOT NULL,
                PRIMARY KEY (namespace, id)) STRICT, WITHOUT ROWID;
            INSERT INTO relation SELECT 1, id, source, target, type, created FROM old_relation ORDER BY id;
            INSERT INTO counter SELECT 1, 'relation', coalesce((SELECT seq FROM sqlite_sequence WHERE name IN ('relation', 'old_relation')), 0);
            DROP TABLE old_relation;
            CREATE UNIQUE INDEX relation_triple ON relation (namespace, source, target, type);
            CREATE INDEX relation_target ON relation (namespace, target);

            -- Every change: what was there before and after it, as JSON. "call" is the seq of the first change of its call.
            ALTER TABLE log RENAME TO old_log;
            CREATE TABLE log (
                namespace INTEGER NOT NULL,
                seq INTEGER NOT NULL,
                call INTEGER NOT NULL,
                at TEXT NOT NULL,
                by TEXT NOT NULL,
                operation TEXT NOT NULL,
                subject TEXT NOT NULL,
                before TEXT,
                after TEXT,
                PRIMARY KEY (namespace, seq)) STRICT, WITHOUT ROWID;
            INSERT INTO log SELECT 1, seq, min(seq) OVER (PARTITION BY at, by), at, by, operation, subject, before, after FROM old_log ORDER BY seq;
            INSERT INTO counter SELECT 1, 'log', coalesce(max(seq), 0) FROM old_log;
            DROP TABLE old_log;
            CREATE INDEX log_subject ON log (namespace, subject);

            ALTER TABLE import RENAME TO old_import;
            CREATE TABLE import (
                namespace INTEGER NOT NULL,
                content TEXT NOT NULL,
                path TEXT NOT NULL,
                at TEXT NOT NULL,
                report TEXT NOT NULL,
                PRIMARY KEY (namespace, content)) STRICT, WITHOUT ROWID;
            INSERT INTO import SELECT 1, content, path, at, report FROM old_import;
            DROP TABLE old_import;

            -- The search's own copy, built anew from the tables above whenever index_version is not the program's.
            DROP TABLE word;
            DROP TABLE trigram;
            DROP TABLE folded;
            CREATE TABLE index_version (version INTEGER NOT NULL) STRICT;
            CREATE TABLE term (
                namespace INTEGER NOT NULL,
                text TEXT NOT NULL,
                id INTEGER NOT NULL,
                PRIMARY KEY (namespace, text)) STRICT, WITHOUT ROWID;
            -- Which entities hold a term: see Postings.
            CREATE TABLE posting (
                namespace INTEGER NOT NULL,
                term INTEGER NOT NULL,
                chunk INTEGER NOT NULL,
                count INTEGER NOT NULL,
                entities BLOB NOT NULL,
                PRIMARY KEY (namespace, term, chunk)) STRICT, WITHOUT ROWID;
            -- The terms once more, in blocks that are quick to look through.
            CREATE TABLE vocabulary (
                namespace INTEGER NOT NULL,
                block INTEGER NOT NULL,
                terms BLOB NOT NULL,
                PRIMARY KEY (namespace, block)) STRICT, WITHOUT ROWID;
            """,
    ];
}
