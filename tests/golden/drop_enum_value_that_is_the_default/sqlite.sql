-- drop_enum_value_that_is_the_default: up, sqlite

-- rebuild posts: make the new table
--   - check posts (status IN ('DONE', 'DRAFT'))
--   ~ column posts.status: default 'DRAFT' → 'DONE'
--   + check posts (status IN ('DONE'))
-- ! may fail on existing data: rows of `posts` may not satisfy `status IN ('DONE')`
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "status" text NOT NULL DEFAULT 'DONE',
  CHECK (status IN ('DONE'))
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "status")
  SELECT "posts"."id", "posts"."status" FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
