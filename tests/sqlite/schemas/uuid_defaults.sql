CREATE TABLE sessions (
  id text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  token text NOT NULL UNIQUE,
  at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
);
CREATE TABLE events (id uuid PRIMARY KEY NOT NULL, session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, parent uuid REFERENCES events (id));
