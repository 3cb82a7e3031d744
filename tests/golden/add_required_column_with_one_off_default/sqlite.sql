-- add_required_column_with_one_off_default: up, sqlite

-- rebuild users: make the new table
--   + column users.name: text not null, rows get substr(email, 1, instr(email, '@') - 1)
-- ! breaks code that runs against the old schema: code that inserts into `users` without `name` fails
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "email" text NOT NULL,
  "name" text NOT NULL
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "email", "name")
  SELECT "users"."id", "users"."email", substr(email, 1, instr(email, '@') - 1) FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
