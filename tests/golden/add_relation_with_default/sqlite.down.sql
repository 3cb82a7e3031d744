-- add_relation_with_default: down, sqlite

-- rebuild posts: make the new table
--   - foreign key posts (author_id) → users (id), on delete set default, on update cascade
--   - column posts.author_id
-- ! loses data: drops column `posts.author_id` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.author_id` fails
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY
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
