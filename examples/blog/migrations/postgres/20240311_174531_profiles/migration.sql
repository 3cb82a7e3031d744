-- 20240311_174531: up, postgres

-- create table profiles
CREATE TABLE "profiles" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "bio" text,
  "avatar_url" text,
  "user_id" uuid NOT NULL,
  CONSTRAINT "profiles_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "profiles_user_id_key" UNIQUE ("user_id")
);

-- foreign key of profiles to users
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- index posts by published, created_at
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "posts_published_created_at_idx" ON "posts" ("published", "created_at");

-- index posts by author_id
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "posts_author_id_idx" ON "posts" ("author_id");

-- index tags by name
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "tags_name_idx" ON "tags" ("name");
