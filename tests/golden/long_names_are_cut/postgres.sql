-- long_names_are_cut: up, postgres

-- alter table the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices
--   + column the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices.the_very_long_name_of_afield_that_nobody_would_e_a150badf_again: timestamp without time zone not null default CURRENT_TIMESTAMP updated at
ALTER TABLE "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices" ADD COLUMN "the_very_long_name_of_afield_that_nobody_would_e_a150badf_again" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;

-- how columns called the_very_long_name_of_afield_that_nobody_would_e_a150badf_again are kept
CREATE OR REPLACE FUNCTION "_okra_touch_the_very_long_name_of_afield_that_no_196aa738_again"() RETURNS trigger
  LANGUAGE plpgsql AS $okra$
BEGIN
  IF NEW."the_very_long_name_of_afield_that_nobody_would_e_a150badf_again" IS DISTINCT FROM OLD."the_very_long_name_of_afield_that_nobody_would_e_a150badf_again" OR NEW OPERATOR(pg_catalog.*=) OLD THEN
    RETURN NEW;
  END IF;
  IF TG_NARGS > 0 AND pg_catalog.to_jsonb(NEW) - TG_ARGV = pg_catalog.to_jsonb(OLD) - TG_ARGV THEN
    RETURN NEW;
  END IF;
  NEW."the_very_long_name_of_afield_that_nobody_would_e_a150badf_again" := CURRENT_TIMESTAMP;
  RETURN NEW;
END
$okra$;

-- keep the updated-at column of the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices
CREATE TRIGGER "_okra_updated_at_the_very_long_name_of_afield_th_5d6c6a5c_again" BEFORE UPDATE ON "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices"
  FOR EACH ROW EXECUTE FUNCTION "_okra_touch_the_very_long_name_of_afield_that_no_196aa738_again"();

-- unique index the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices by the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice
-- ! may fail on existing data: rows of `the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices` may have the same `the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "the_very_long_name_of_amodel_that_nobody_would_9dc_ad302621_key" ON "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices" ("the_very_long_name_of_afield_that_nobody_would_e_95847b3d_twice");

-- change keys of the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices
-- okra: new transaction
ALTER TABLE "the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices" ADD CONSTRAINT "the_very_long_name_of_amodel_that_nobody_would_9dc_ad302621_key" UNIQUE USING INDEX "the_very_long_name_of_amodel_that_nobody_would_9dc_ad302621_key";

-- drop index the_very_long_name_of_amodel_that_nobody_would_9dc_253ac346_idx of the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "the_very_long_name_of_amodel_that_nobody_would_9dc_253ac346_idx";
