-- make_unique_column_required_with_one_off_default: up, sqlite

-- rebuild users: make the new table
--   ~ column users.email: null → not null
-- ! changes data: NULLs in `users.email` become 'nobody-' || id
-- ! may fail on existing data: values of `users.email` that were different may be equal now
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "email" text NOT NULL
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "email")
  SELECT "users"."id", coalesce("users"."email", 'nobody-' || id) FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index users by email
CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");
