-- change_type_of_key_and_of_what_refers_to_it: down, sqlite

-- rebuild users: make the new table
--   ~ column users.id: text → integer
-- ! may fail on existing data: `users.id` may hold values that are no whole numbers
-- ! changes data: text in `users.id` that looks like a number becomes one: '007' becomes 7
-- ! may fail on existing data: values of `users.id` that were different may be equal now
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id")
  SELECT "users"."id" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild posts: make the new table
--   ~ column posts.author_id: text → integer
-- ! changes data: text in `posts.author_id` that looks like a number becomes one: '007' becomes 7
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "author_id" integer NOT NULL,
  FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "author_id")
  SELECT "posts"."id", "posts"."author_id" FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index posts by author_id
CREATE INDEX "posts_author_id_idx" ON "posts" ("author_id");
