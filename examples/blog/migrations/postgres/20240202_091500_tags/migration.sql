-- 20240202_091500: up, postgres

-- rename column users.full_name to name
-- ! breaks code that runs against the old schema: code that uses the name `users.full_name` fails
ALTER TABLE "users" RENAME COLUMN "full_name" TO "name";

-- create table tags
CREATE TABLE "tags" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "name" text NOT NULL,
  CONSTRAINT "tags_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "tags_name_key" UNIQUE ("name")
);

-- create table post_tags
CREATE TABLE "post_tags" (
  "post_id" uuid NOT NULL,
  "tag_id" uuid NOT NULL,
  CONSTRAINT "post_tags_pkey" PRIMARY KEY ("post_id", "tag_id"),
  CONSTRAINT "post_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index post_tags by tag_id
CREATE INDEX "post_tags_tag_id_idx" ON "post_tags" ("tag_id");

-- alter table posts
--   + column posts.published: boolean not null default false
ALTER TABLE "posts" ADD COLUMN "published" boolean DEFAULT false NOT NULL;

-- foreign key of post_tags to posts
ALTER TABLE "post_tags" ADD CONSTRAINT "post_tags_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
