-- keep_the_autoincrement_counter: up, sqlite

-- rebuild tickets: make the new table
--   ~ column tickets.title: null → not null
-- ! may fail on existing data: `tickets.title` becomes required: fails if a row has NULL there
-- ! breaks code that runs against the old schema: code that leaves `tickets.title` out or empty fails
-- ! rewrites the table: copies all rows of `tickets`; nobody else can write meanwhile
CREATE TABLE "_okra_new_tickets" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "title" text NOT NULL
);

-- rebuild tickets: keep its AUTOINCREMENT counter
INSERT INTO sqlite_sequence (name, seq) SELECT '_okra_new_tickets', seq FROM sqlite_sequence WHERE name = 'tickets';

-- rebuild tickets: copy its rows
INSERT INTO "_okra_new_tickets" ("id", "title")
  SELECT "tickets"."id", "tickets"."title" FROM "tickets";

-- rebuild tickets: drop the old table
DROP TABLE "tickets";

-- rebuild tickets: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild tickets: put the new table in its place
ALTER TABLE "_okra_new_tickets" RENAME TO "tickets";

-- rebuild tickets: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
