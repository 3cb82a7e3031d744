-- 20240202_091500: up, sqlite

-- rename column users.full_name to name
-- ! breaks code that runs against the old schema: code that uses the name `users.full_name` fails
ALTER TABLE "users" RENAME COLUMN "full_name" TO "name";

-- create table tags
CREATE TABLE "tags" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL
);

-- unique index tags by name
CREATE UNIQUE INDEX "tags_name_key" ON "tags" ("name");

-- create table post_tags
CREATE TABLE "post_tags" (
  "post_id" text NOT NULL,
  "tag_id" text NOT NULL,
  PRIMARY KEY ("post_id", "tag_id"),
  FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index post_tags by tag_id
CREATE INDEX "post_tags_tag_id_idx" ON "post_tags" ("tag_id");

-- add column posts.published
ALTER TABLE "posts" ADD COLUMN "published" integer NOT NULL DEFAULT 0;
