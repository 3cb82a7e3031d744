-- give_the_text_of_a_value_to_another: down, sqlite

-- rebuild posts: make the new table
--   - check posts (status IN ('DONE', 'OPEN', 'o'))
--   + check posts (status IN ('DONE', 'o'))
--   > value posts.status: 'OPEN' → 'o'
-- ! breaks code that runs against the old schema: `posts.status` holds 'o' in place of 'OPEN'
-- ! changes data: rows with 'OPEN' and 'o' in `posts.status` can't be told apart any more
-- ! may fail on existing data: values of `posts.status` that were different may be equal now
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "status" text NOT NULL,
  CHECK (status IN ('DONE', 'o'))
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "status")
  SELECT "posts"."id", CASE "posts"."status" WHEN 'OPEN' THEN 'o' ELSE "posts"."status" END FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index posts by status
CREATE UNIQUE INDEX "posts_status_key" ON "posts" ("status");
