-- move_table_to_another_schema: down, postgres

-- take the updated-at trigger off people.users
DROP TRIGGER "_okra_updated_at_changed" ON "people"."users";

-- move table people.users to the default schema
-- ! breaks code that runs against the old schema: code that uses the name `people.users` fails
DO $okra$
BEGIN
  EXECUTE format('%s SET SCHEMA %I', 'ALTER TABLE "people"."users"', current_schema());
END
$okra$;

-- how columns called changed are kept
CREATE OR REPLACE FUNCTION "_okra_touch_changed"() RETURNS trigger
  LANGUAGE plpgsql AS $okra$
BEGIN
  IF NEW."changed" IS DISTINCT FROM OLD."changed" OR NEW OPERATOR(pg_catalog.*=) OLD THEN
    RETURN NEW;
  END IF;
  IF TG_NARGS > 0 AND pg_catalog.to_jsonb(NEW) - TG_ARGV = pg_catalog.to_jsonb(OLD) - TG_ARGV THEN
    RETURN NEW;
  END IF;
  NEW."changed" := CURRENT_TIMESTAMP;
  RETURN NEW;
END
$okra$;

-- keep the updated-at column of users
CREATE TRIGGER "_okra_updated_at_changed" BEFORE UPDATE ON "users"
  FOR EACH ROW EXECUTE FUNCTION "_okra_touch_changed"();

-- drop the function for columns called changed, if nothing uses it
DO $okra$
BEGIN
  DROP FUNCTION "people"."_okra_touch_changed"();
EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
END
$okra$;
