-- rename_enum_value: down, sqlite

-- rebuild posts: make the new table
--   - check posts (status IN ('PUBLISHED', 'WRITING'))
--   ~ column posts.status: default 'WRITING' → 'DRAFT'
--   + check posts (status IN ('DRAFT', 'PUBLISHED'))
--   > value posts.status: 'WRITING' → 'DRAFT'
--   > value posts.history: 'WRITING' → 'DRAFT'
-- ! breaks code that runs against the old schema: `posts.status` holds 'DRAFT' in place of 'WRITING'
-- ! breaks code that runs against the old schema: `posts.history` holds 'DRAFT' in place of 'WRITING'
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "status" text NOT NULL DEFAULT 'DRAFT',
  "history" text NOT NULL,
  CHECK (status IN ('DRAFT', 'PUBLISHED'))
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "status", "history")
  SELECT "posts"."id", CASE "posts"."status" WHEN 'WRITING' THEN 'DRAFT' ELSE "posts"."status" END, CASE WHEN NOT json_valid("posts"."history") THEN "posts"."history" WHEN json_type("posts"."history") <> 'array' THEN "posts"."history" WHEN EXISTS (SELECT 1 FROM json_each("posts"."history") WHERE value IN ('WRITING')) THEN (SELECT json_group_array(CASE value WHEN 'WRITING' THEN 'DRAFT' ELSE value END) FROM json_each("posts"."history")) ELSE "posts"."history" END FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
