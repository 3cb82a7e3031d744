-- join_table_keeps_its_sides: up, sqlite

-- drop index follows_b_id_idx of follows
DROP INDEX "follows_b_id_idx";

-- rename column follows.a_id to _okra_aside_a_id
-- ! breaks code that runs against the old schema: code that uses the name `follows.a_id` fails
ALTER TABLE "follows" RENAME COLUMN "a_id" TO "_okra_aside_a_id";

-- rename column follows.b_id to a_id
-- ! breaks code that runs against the old schema: code that uses the name `follows.b_id` fails
ALTER TABLE "follows" RENAME COLUMN "b_id" TO "a_id";

-- rename column follows._okra_aside_a_id to b_id
ALTER TABLE "follows" RENAME COLUMN "_okra_aside_a_id" TO "b_id";

-- rebuild follows: make the new table
--   - index follows_b_id_idx on follows
--   ~ primary key follows: (b_id, a_id) → (a_id, b_id)
--   + index follows_b_id_idx on follows (b_id)
-- ! rewrites the table: copies all rows of `follows`; nobody else can write meanwhile
CREATE TABLE "_okra_new_follows" (
  "a_id" integer NOT NULL,
  "b_id" integer NOT NULL,
  PRIMARY KEY ("a_id", "b_id"),
  FOREIGN KEY ("a_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("b_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild follows: copy its rows
INSERT INTO "_okra_new_follows" (rowid, "a_id", "b_id")
  SELECT "follows".rowid, "follows"."a_id", "follows"."b_id" FROM "follows";

-- rebuild follows: drop the old table
DROP TABLE "follows";

-- rebuild follows: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild follows: put the new table in its place
ALTER TABLE "_okra_new_follows" RENAME TO "follows";

-- rebuild follows: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index follows by b_id
CREATE INDEX "follows_b_id_idx" ON "follows" ("b_id");
