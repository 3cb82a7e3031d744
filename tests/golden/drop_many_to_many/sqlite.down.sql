-- drop_many_to_many: down, sqlite
-- what the migration took from rows does not come back:
--   drops table `post_tags` with all its rows

-- create table post_tags
CREATE TABLE "post_tags" (
  "post_id" integer NOT NULL,
  "tag_id" text NOT NULL,
  PRIMARY KEY ("post_id", "tag_id"),
  FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("tag_id") REFERENCES "tags" ("name") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index post_tags by tag_id
CREATE INDEX "post_tags_tag_id_idx" ON "post_tags" ("tag_id");
