-- deferred_foreign_key: down, sqlite

-- rebuild posts: make the new table
--   - foreign key posts (author_id) → users (id), on delete set null, on update cascade
--   + foreign key posts (author_id) → users (id), on delete set null, on update cascade, deferred
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "author_id" integer,
  FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "author_id")
  SELECT "posts"."id", "posts"."author_id" FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
