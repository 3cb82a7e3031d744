-- rename_enum_value_that_join_tables_hold: down, sqlite

-- rebuild tags: make the new table
--   - check tags (kind IN ('FRESH', 'OLD'))
--   + check tags (kind IN ('NEW', 'OLD'))
--   > value tags.kind: 'FRESH' → 'NEW'
-- ! breaks code that runs against the old schema: `tags.kind` holds 'NEW' in place of 'FRESH'
-- ! rewrites the table: copies all rows of `tags`; nobody else can write meanwhile
CREATE TABLE "_okra_new_tags" (
  "kind" text NOT NULL PRIMARY KEY,
  CHECK (kind IN ('NEW', 'OLD'))
);

-- rebuild tags: copy its rows
INSERT INTO "_okra_new_tags" (rowid, "kind")
  SELECT "tags".rowid, CASE "tags"."kind" WHEN 'FRESH' THEN 'NEW' ELSE "tags"."kind" END FROM "tags";

-- rebuild tags: drop the old table
DROP TABLE "tags";

-- rebuild tags: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild tags: put the new table in its place
ALTER TABLE "_okra_new_tags" RENAME TO "tags";

-- rebuild tags: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild post_tags: make the new table
--   - check post_tags (tag_id IN ('FRESH', 'OLD'))
--   + check post_tags (tag_id IN ('NEW', 'OLD'))
--   > value post_tags.tag_id: 'FRESH' → 'NEW'
-- ! breaks code that runs against the old schema: `post_tags.tag_id` holds 'NEW' in place of 'FRESH'
-- ! rewrites the table: copies all rows of `post_tags`; nobody else can write meanwhile
CREATE TABLE "_okra_new_post_tags" (
  "post_id" integer NOT NULL,
  "tag_id" text NOT NULL,
  PRIMARY KEY ("post_id", "tag_id"),
  FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("tag_id") REFERENCES "tags" ("kind") ON DELETE CASCADE ON UPDATE CASCADE,
  CHECK (tag_id IN ('NEW', 'OLD'))
);

-- rebuild post_tags: copy its rows
INSERT INTO "_okra_new_post_tags" (rowid, "post_id", "tag_id")
  SELECT "post_tags".rowid, "post_tags"."post_id", CASE "post_tags"."tag_id" WHEN 'FRESH' THEN 'NEW' ELSE "post_tags"."tag_id" END FROM "post_tags";

-- rebuild post_tags: drop the old table
DROP TABLE "post_tags";

-- rebuild post_tags: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild post_tags: put the new table in its place
ALTER TABLE "_okra_new_post_tags" RENAME TO "post_tags";

-- rebuild post_tags: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index post_tags by tag_id
CREATE INDEX "post_tags_tag_id_idx" ON "post_tags" ("tag_id");
