-- fill_column_that_others_are_computed_from: up, sqlite

-- rebuild users: make the new table
--   ~ column users.nick: null → not null, default none → 'nobody'
-- ! changes data: NULLs in `users.nick` become 'nobody'
-- ! may fail on existing data: values of `users.nick` that were different may be equal now
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "nick" text NOT NULL DEFAULT 'nobody',
  "handle" text GENERATED ALWAYS AS (lower(nick)) VIRTUAL
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "nick")
  SELECT "users"."id", coalesce("users"."nick", 'nobody') FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index users by handle
CREATE UNIQUE INDEX "users_handle_key" ON "users" ("handle");
