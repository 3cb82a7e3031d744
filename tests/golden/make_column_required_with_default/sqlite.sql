-- make_column_required_with_default: up, sqlite

-- rebuild users: make the new table
--   ~ column users.age: null → not null, default none → 30
-- ! changes data: NULLs in `users.age` become 30
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "age" integer NOT NULL DEFAULT 30
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "age")
  SELECT "users"."id", coalesce("users"."age", 30) FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
