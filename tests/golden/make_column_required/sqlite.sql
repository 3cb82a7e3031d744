-- make_column_required: up, sqlite

-- rebuild users: make the new table
--   ~ column users.email: null → not null
-- ! may fail on existing data: `users.email` becomes required: fails if a row has NULL there
-- ! breaks code that runs against the old schema: code that leaves `users.email` out or empty fails
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "email" text NOT NULL
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "email")
  SELECT "users"."id", "users"."email" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
