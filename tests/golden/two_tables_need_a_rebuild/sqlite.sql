-- two_tables_need_a_rebuild: up, sqlite

-- rebuild users: make the new table
--   ~ column users.email: null → not null, default none → ''
-- ! changes data: NULLs in `users.email` become ''
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "email" text NOT NULL DEFAULT ''
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "email")
  SELECT "users"."id", coalesce("users"."email", '') FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild posts: make the new table
--   ~ column posts.title: null → not null, default none → ''
-- ! changes data: NULLs in `posts.title` become ''
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "title" text NOT NULL DEFAULT '',
  "user_id" integer NOT NULL,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "title", "user_id")
  SELECT "posts"."id", coalesce("posts"."title", ''), "posts"."user_id" FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
