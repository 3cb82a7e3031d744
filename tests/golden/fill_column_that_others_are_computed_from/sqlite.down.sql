-- fill_column_that_others_are_computed_from: down, sqlite
-- what the migration took from rows does not come back:
--   NULLs in `users.nick` become 'nobody'

-- rebuild users: make the new table
--   ~ column users.nick: not null → null, default 'nobody' → none
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "nick" text,
  "handle" text GENERATED ALWAYS AS (lower(nick)) VIRTUAL
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "nick")
  SELECT "users"."id", "users"."nick" FROM "users";

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
