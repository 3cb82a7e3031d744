-- long_names_are_cut: up, sqlite

-- drop index the_very_long_name_of_amodel_that_nobody_would_9dc_253ac346_idx of the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices
DROP INDEX "the_very_long_name_of_amodel_that_nobody_would_9dc_253ac346_idx";

-- rebuild the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices: make the new table
--   - index the_very_long_name_of_amodel_that_nobody_would_9dc_253ac346_idx on the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices
--   + column the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices.the_very_long_name_of_afield_that_nobody_would_e_a150badf_again: text not null default strftime('%Y-%m-%dT%H:%M:%fZ', 'now') updated at
--   + unique index the_very_long_name_of_amodel_that_nobody_would_9dc_ad302621_key on the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices (the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice)
-- ! may fail on existing data: `the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices` may have rows with equal `the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice`: index `the_very_long_name_of_amodel_that_nobody_would_9dc_ad302621_key`
-- ! rewrites the table: copies all rows of `the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices`; nobody else can write meanwhile
CREATE TABLE "_okra_new_the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices" (
  "id" integer NOT NULL PRIMARY KEY,
  "the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice" text NOT NULL,
  "the_very_long_name_of_afield_that_nobody_would_e_a150badf_again" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

-- rebuild the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices: copy its rows
INSERT INTO "_okra_new_the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices" ("id", "the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice")
  SELECT "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices"."id", "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices"."the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice" FROM "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices";

-- rebuild the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices: drop the old table
DROP TABLE "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices";

-- rebuild the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices: put the new table in its place
ALTER TABLE "_okra_new_the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices" RENAME TO "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices";

-- rebuild the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices by the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice
CREATE UNIQUE INDEX "the_very_long_name_of_amodel_that_nobody_would_9dc_ad302621_key" ON "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices" ("the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice");

-- keep the updated-at column of the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices
CREATE TRIGGER "the_very_long_name_of_amodel_that_nobody_would_4c7043ec_trigger" AFTER UPDATE ON "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices" FOR EACH ROW
WHEN NEW."the_very_long_name_of_afield_that_nobody_would_e_a150badf_again" IS OLD."the_very_long_name_of_afield_that_nobody_would_e_a150badf_again" AND NEW."the_very_long_name_of_afield_that_nobody_would_e_a150badf_again" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices" SET "the_very_long_name_of_afield_that_nobody_would_e_a150badf_again" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
