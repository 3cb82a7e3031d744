-- unique_constraint_that_repeats_the_key: up, sqlite

-- add column tags.color
ALTER TABLE "tags" ADD COLUMN "color" text;
