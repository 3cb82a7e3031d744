CREATE TABLE files (id INTEGER PRIMARY KEY, path TEXT NOT NULL, size INTEGER, owner TEXT COLLATE NOCASE, deleted_at TEXT, UNIQUE (path, owner), UNIQUE (size DESC, owner COLLATE BINARY));
CREATE INDEX files_size ON files (size DESC);
CREATE INDEX files_owner ON files (owner COLLATE BINARY, size);
CREATE UNIQUE INDEX files_path ON files (path) WHERE deleted_at IS NULL;
CREATE INDEX files_lower ON files (lower(path), length(path) DESC);
CREATE INDEX files_ext ON files (substr(path, -3) COLLATE NOCASE) WHERE size > 0 AND (owner <> 'root' OR owner IS NULL);
CREATE INDEX files_size_idx ON files (size);
CREATE INDEX another_size ON files (size);
CREATE UNIQUE INDEX files_path_key ON files (owner, id);
