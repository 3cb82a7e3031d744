-- change_type_under_a_unique_expression: up, sqlite

-- rebuild users: make the new table
--   ~ column users.code: text → integer
-- ! changes data: text in `users.code` that looks like a number becomes one: '007' becomes 7
-- ! may fail on existing data: values of `users.code` that were different may be equal now
-- ! may fail on existing data: rows of `users` may not satisfy `length(code) > 0`
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "code" integer NOT NULL,
  CONSTRAINT "c" CHECK (length(code) > 0)
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "code")
  SELECT "users"."id", "users"."code" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index users by an expression
CREATE UNIQUE INDEX "by_code" ON "users" (code || '!');
