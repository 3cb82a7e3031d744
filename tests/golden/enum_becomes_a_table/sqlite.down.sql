-- enum_becomes_a_table: down, sqlite

-- drop table statuses
-- ! loses data: drops table `statuses` with all its rows
-- ! breaks code that runs against the old schema: code that uses `statuses` fails
DROP TABLE "statuses";

-- rebuild posts: make the new table
--   + check posts (status IN ('DONE', 'DRAFT'))
-- ! may fail on existing data: rows of `posts` may not satisfy `status IN ('DONE', 'DRAFT')`
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "status" text NOT NULL,
  CHECK (status IN ('DONE', 'DRAFT'))
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
