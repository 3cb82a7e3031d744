-- rename_column_and_change_type: up, sqlite

-- rename column posts.title to headline
-- ! breaks code that runs against the old schema: code that uses the name `posts.title` fails
ALTER TABLE "posts" RENAME COLUMN "title" TO "headline";

-- rebuild posts: make the new table
--   - column posts.legacy
--   ~ column posts.views: text → integer, default '0' → 0
--   + column posts.slug: text not null default 'none'
-- ! loses data: drops column `posts.legacy` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.legacy` fails
-- ! changes data: text in `posts.views` that looks like a number becomes one: '007' becomes 7
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "headline" text NOT NULL,
  "views" integer NOT NULL DEFAULT 0,
  "slug" text NOT NULL DEFAULT 'none'
);

-- rebuild posts: keep its AUTOINCREMENT counter
INSERT INTO sqlite_sequence (name, seq) SELECT '_okra_new_posts', seq FROM sqlite_sequence WHERE name = 'posts';

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "headline", "views")
  SELECT "posts"."id", "posts"."headline", "posts"."views" FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
