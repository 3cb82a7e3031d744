-- make_optional_columns_required_on_the_way_back: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `users.email` with its values
--   drops column `users.born` with its values
--   drops column `users.tags` with its values
--   drops column `users.settings` with its values
--   drops column `users.level` with its values
--   drops column `users.mood` with its values
--   drops column `users.chief_id` with its values

-- rebuild users: make the new table
--   + column users.email: text not null, rows get lower(hex(randomblob(16)))
--   + column users.born: text not null, rows get '1970-01-01'
--   + column users.tags: text not null, rows get '[]'
--   + column users.settings: text not null, rows get 'null'
--   + column users.level: integer not null, rows get 1
--   + column users.mood: text not null, rows get 'BAD'
--   + column users.chief_id: text null
--   + foreign key users (chief_id) → users (id), on delete set null, on update cascade
--   + check users (level BETWEEN 1 AND 9)
--   + check users (mood IN ('BAD', 'GOOD'))
--   + unique index users_email_key on users (email)
-- ! breaks code that runs against the old schema: code that inserts into `users` without `email` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `born` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `tags` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `settings` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `level` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `mood` fails
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "email" text NOT NULL,
  "born" text NOT NULL,
  "tags" text NOT NULL,
  "settings" text NOT NULL,
  "level" integer NOT NULL,
  "mood" text NOT NULL,
  "chief_id" text,
  FOREIGN KEY ("chief_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CHECK (level BETWEEN 1 AND 9),
  CHECK (mood IN ('BAD', 'GOOD'))
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" (rowid, "id", "email", "born", "tags", "settings", "level", "mood")
  SELECT "users".rowid, "users"."id", lower(hex(randomblob(16))), '1970-01-01', '[]', 'null', 1, 'BAD' FROM "users";

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
