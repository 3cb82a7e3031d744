-- join_table_of_keys_that_change_type: down, sqlite

-- rebuild tags: make the new table
--   ~ column tags.id: text → integer
-- ! may fail on existing data: `tags.id` may hold values that are no whole numbers
-- ! changes data: text in `tags.id` that looks like a number becomes one: '007' becomes 7
-- ! may fail on existing data: values of `tags.id` that were different may be equal now
-- ! rewrites the table: copies all rows of `tags`; nobody else can write meanwhile
CREATE TABLE "_okra_new_tags" (
  "id" integer NOT NULL PRIMARY KEY
);

-- rebuild tags: copy its rows
INSERT INTO "_okra_new_tags" ("id")
  SELECT "tags"."id" FROM "tags";

-- rebuild tags: drop the old table
DROP TABLE "tags";

-- rebuild tags: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild tags: put the new table in its place
ALTER TABLE "_okra_new_tags" RENAME TO "tags";

-- rebuild tags: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild post_tags: make the new table
--   ~ column post_tags.tag_id: text → integer
-- ! changes data: text in `post_tags.tag_id` that looks like a number becomes one: '007' becomes 7
-- ! may fail on existing data: values of `post_tags.tag_id` that were different may be equal now
-- ! rewrites the table: copies all rows of `post_tags`; nobody else can write meanwhile
CREATE TABLE "_okra_new_post_tags" (
  "post_id" integer NOT NULL,
  "tag_id" integer NOT NULL,
  PRIMARY KEY ("post_id", "tag_id"),
  FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild post_tags: copy its rows
INSERT INTO "_okra_new_post_tags" (rowid, "post_id", "tag_id")
  SELECT "post_tags".rowid, "post_tags"."post_id", "post_tags"."tag_id" FROM "post_tags";

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
