-- join_table_keeps_its_sides: up, postgres

-- rename column follows.a_id to _okra_aside_a_id
-- ! breaks code that runs against the old schema: code that uses the name `follows.a_id` fails
ALTER TABLE "follows" RENAME COLUMN "a_id" TO "_okra_aside_a_id";

-- rename column follows.b_id to a_id
-- ! breaks code that runs against the old schema: code that uses the name `follows.b_id` fails
ALTER TABLE "follows" RENAME COLUMN "b_id" TO "a_id";

-- rename column follows._okra_aside_a_id to b_id
ALTER TABLE "follows" RENAME COLUMN "_okra_aside_a_id" TO "b_id";

-- rename constraint follows_b_id_fkey of follows to _okra_aside_follows_b_id_fkey
ALTER TABLE "follows" RENAME CONSTRAINT "follows_b_id_fkey" TO "_okra_aside_follows_b_id_fkey";

-- rename constraint follows_a_id_fkey of follows to follows_b_id_fkey
ALTER TABLE "follows" RENAME CONSTRAINT "follows_a_id_fkey" TO "follows_b_id_fkey";

-- rename constraint _okra_aside_follows_b_id_fkey of follows to follows_a_id_fkey
ALTER TABLE "follows" RENAME CONSTRAINT "_okra_aside_follows_b_id_fkey" TO "follows_a_id_fkey";

-- index follows by b_id
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "_okra_new_follows_b_id_idx" ON "follows" ("b_id");

-- unique index follows by a_id, b_id
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_follows_pkey" ON "follows" ("a_id", "b_id");

-- drop index follows_b_id_idx of follows
-- okra: new transaction
DROP INDEX "follows_b_id_idx";

-- change keys of follows
ALTER TABLE "follows"
  DROP CONSTRAINT "follows_pkey",
  ADD CONSTRAINT "follows_pkey" PRIMARY KEY USING INDEX "_okra_new_follows_pkey";

-- the new index takes the name follows_b_id_idx
ALTER INDEX "_okra_new_follows_b_id_idx" RENAME TO "follows_b_id_idx";
