-- add_optional_relation: up, sqlite

-- add column posts.author_id
ALTER TABLE "posts" ADD COLUMN "author_id" integer REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
