-- two_tables_need_a_rebuild: down, sqlite
-- what the migration took from rows does not come back:
--   NULLs in `users.email` become ''
--   NULLs in `posts.title` become ''

-- rebuild users: make the new table
--   ~ column users.email: not null → null, default '' → none
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "email" text
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

-- rebuild posts: make the new table
--   ~ column posts.title: not null → null, default '' → none
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "title" text,
  "user_id" integer NOT NULL,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "title", "user_id")
  SELECT "posts"."id", "posts"."title", "posts"."user_id" FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
