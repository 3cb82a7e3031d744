CREATE TABLE log (at TEXT NOT NULL DEFAULT (datetime('now')), level TEXT, message TEXT);
CREATE INDEX log_at ON log (at DESC, level);
CREATE TABLE counters (name TEXT NOT NULL UNIQUE, n INTEGER NOT NULL DEFAULT 0);
