-- rename_column_and_change_type: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `posts.legacy` with its values
--   text in `posts.views` that looks like a number becomes one: '007' becomes 7

-- rename column posts.headline to title
-- ! breaks code that runs against the old schema: code that uses the name `posts.headline` fails
ALTER TABLE "posts" RENAME COLUMN "headline" TO "title";

-- rebuild posts: make the new table
--   - column posts.slug
--   ~ column posts.views: integer → text, default 0 → '0'
--   + column posts.legacy: text null
-- ! loses data: drops column `posts.slug` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.slug` fails
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "title" text NOT NULL,
  "views" text NOT NULL DEFAULT '0',
  "legacy" text
);

-- rebuild posts: keep its AUTOINCREMENT counter
INSERT INTO sqlite_sequence (name, seq) SELECT '_okra_new_posts', seq FROM sqlite_sequence WHERE name = 'posts';

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "title", "views")
  SELECT "posts"."id", "posts"."title", "posts"."views" FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
