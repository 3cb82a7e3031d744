-- drop_many_to_many: down, postgres
-- what the migration took from rows does not come back:
--   drops table `post_tags` with all its rows

-- create table post_tags
CREATE TABLE "post_tags" (
  "post_id" integer NOT NULL,
  "tag_id" text NOT NULL,
  CONSTRAINT "post_tags_pkey" PRIMARY KEY ("post_id", "tag_id")
);

-- index post_tags by tag_id
CREATE INDEX "post_tags_tag_id_idx" ON "post_tags" ("tag_id");

-- foreign key of post_tags to posts
ALTER TABLE "post_tags" ADD CONSTRAINT "post_tags_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- foreign key of post_tags to tags
ALTER TABLE "post_tags" ADD CONSTRAINT "post_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags" ("name") ON DELETE CASCADE ON UPDATE CASCADE;
