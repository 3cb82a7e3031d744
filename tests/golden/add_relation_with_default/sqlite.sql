-- add_relation_with_default: up, sqlite

-- rebuild posts: make the new table
--   + column posts.author_id: integer not null default 1
--   + foreign key posts (author_id) → users (id), on delete set default, on update cascade
-- ! may fail on existing data: `posts.author_id` may hold values that `users` does not have
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "author_id" integer NOT NULL DEFAULT 1,
  FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE SET DEFAULT ON UPDATE CASCADE
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id")
  SELECT "posts"."id" FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
