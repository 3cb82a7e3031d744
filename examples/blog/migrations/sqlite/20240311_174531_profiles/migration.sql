-- 20240311_174531: up, sqlite

-- create table profiles
CREATE TABLE "profiles" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "bio" text,
  "avatar_url" text,
  "user_id" text NOT NULL,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- unique index profiles by user_id
CREATE UNIQUE INDEX "profiles_user_id_key" ON "profiles" ("user_id");

-- index posts by published, created_at
CREATE INDEX "posts_published_created_at_idx" ON "posts" ("published", "created_at");

-- index posts by author_id
CREATE INDEX "posts_author_id_idx" ON "posts" ("author_id");

-- index tags by name
CREATE INDEX "tags_name_idx" ON "tags" ("name");
