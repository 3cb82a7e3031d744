CREATE TABLE jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL DEFAULT 'default', payload TEXT NOT NULL CHECK (json_valid(payload)), attempts INTEGER NOT NULL DEFAULT 0, run_at INTEGER NOT NULL DEFAULT (unixepoch()), locked_until INTEGER, state TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN locked_until IS NULL THEN 'ready' ELSE 'locked' END) VIRTUAL);
CREATE INDEX jobs_ready ON jobs (queue, run_at) WHERE locked_until IS NULL;
CREATE TABLE job_errors (job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, at INTEGER NOT NULL, message TEXT);
