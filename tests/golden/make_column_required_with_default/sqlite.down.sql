-- make_column_required_with_default: down, sqlite
-- what the migration took from rows does not come back:
--   NULLs in `users.age` become 30

-- rebuild users: make the new table
--   ~ column users.age: not null → null, default 30 → none
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "age" integer
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "age")
  SELECT "users"."id", "users"."age" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
