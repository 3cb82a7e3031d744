-- drop_column_of_relation: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `posts.author_id` with its values

-- rebuild posts: make the new table
--   + column posts.author_id: integer not null, rows get (SELECT "users"."id" FROM "users" ORDER BY "users"."id" LIMIT 1)
--   + foreign key posts (author_id) → users (id), on delete restrict, on update cascade
-- ! breaks code that runs against the old schema: code that inserts into `posts` without `author_id` fails
-- ! may fail on existing data: `posts.author_id` may hold values that `users` does not have
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "title" text NOT NULL,
  "author_id" integer NOT NULL,
  FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "title", "author_id")
  SELECT "posts"."id", "posts"."title", (SELECT "users"."id" FROM "users" ORDER BY "users"."id" LIMIT 1) FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
