"""What the crash tests migrate: rows to keep, statements of every kind, and how to tell that each ran once."""

from __future__ import annotations

BASE = """
CREATE TABLE users (id integer PRIMARY KEY, name varchar(40));
CREATE TABLE log (what varchar(40));
CREATE TABLE spare (id integer PRIMARY KEY);
INSERT INTO users VALUES (1, 'ann'), (2, 'bob'), (3, 'cem');
"""

# PostgreSQL: one transaction for all of it.
FILE_UP = """
ALTER TABLE users ADD COLUMN email varchar(80);
UPDATE users SET email = name || '@x';
INSERT INTO log VALUES ('up');
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
CREATE INDEX users_email_idx ON users (email);
"""
FILE_DOWN = """
DROP INDEX users_email_idx;
INSERT INTO log VALUES ('down');
ALTER TABLE users DROP COLUMN email;
"""

# PostgreSQL: a concurrent index and a commit in the middle.
STEPS_UP = """
ALTER TABLE users ADD COLUMN email varchar(80);
UPDATE users SET email = name || '@x';
INSERT INTO log VALUES ('up');
-- add a check
-- okra: new transaction
ALTER TABLE users ADD CONSTRAINT users_email_check CHECK (email <> '') NOT VALID;
-- okra: new transaction
ALTER TABLE users VALIDATE CONSTRAINT users_email_check;
-- make an index
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY users_email_idx ON users (email);
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_name_idx ON users (name);
INSERT INTO log VALUES ('up again');
CREATE TABLE notes (id integer);
"""
STEPS_DOWN = """
-- okra: outside a transaction
DROP INDEX CONCURRENTLY users_name_idx;
DROP TABLE notes;
INSERT INTO log VALUES ('down');
-- okra: outside a transaction
DROP INDEX CONCURRENTLY users_email_idx;
ALTER TABLE users DROP COLUMN email;
"""

# MySQL and MariaDB: each change of a definition stands for itself.
MYSQL_UP = """
ALTER TABLE users ADD COLUMN email varchar(80);
UPDATE users SET email = concat(name, '@x');
INSERT INTO log VALUES ('up');
ALTER TABLE users MODIFY COLUMN email varchar(80) NOT NULL, ADD INDEX users_email_idx (email), ALGORITHM=COPY;
CREATE TABLE notes (id integer PRIMARY KEY);
CREATE TABLE tags (id integer PRIMARY KEY, note_id integer REFERENCES notes (id));
DROP TABLE IF EXISTS nothing;
CREATE TABLE marks (id integer PRIMARY KEY);
CREATE INDEX users_name_idx ON users (name);
ALTER TABLE notes RENAME TO memos;
INSERT INTO log VALUES ('up again');
RENAME TABLE spare TO reserve;
ALTER TABLE users RENAME COLUMN name TO called;
"""
MYSQL_DOWN = """
ALTER TABLE users RENAME COLUMN called TO name;
RENAME TABLE reserve TO spare;
DROP TABLE tags;
DROP TABLE memos;
DROP TABLE marks;
INSERT INTO log VALUES ('down');
DROP INDEX users_name_idx ON users;
ALTER TABLE users DROP INDEX users_email_idx, DROP COLUMN email;
"""


def plans(provider: str) -> dict[str, tuple[str, str]]:
    """The way up and the way back of every kind of file that a server has."""
    if provider == "postgres":
        return {"file": (FILE_UP, FILE_DOWN), "steps": (STEPS_UP, STEPS_DOWN)}
    return {"steps": (MYSQL_UP, MYSQL_DOWN)}
