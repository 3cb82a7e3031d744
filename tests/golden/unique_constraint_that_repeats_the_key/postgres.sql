-- unique_constraint_that_repeats_the_key: up, postgres

-- alter table tags
--   + column tags.color: text null
ALTER TABLE "tags" ADD COLUMN "color" text;

-- unique index tags by name
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "tags_name_key" ON "tags" ("name");

-- change keys of tags
-- okra: new transaction
ALTER TABLE "tags" ADD CONSTRAINT "tags_name_key" UNIQUE USING INDEX "tags_name_key";
