-- move_table_to_another_schema: up, postgres

-- create schema people
DO $okra$
BEGIN
  IF to_regnamespace('"people"') IS NULL THEN
    CREATE SCHEMA "people";
  END IF;
END
$okra$;

-- take the updated-at trigger off users
DROP TRIGGER "_okra_updated_at_changed" ON "users";

-- move table users to the schema people
-- ! breaks code that runs against the old schema: code that uses the name `users` fails
ALTER TABLE "users" SET SCHEMA "people";

-- how columns called changed are kept
CREATE OR REPLACE FUNCTION "people"."_okra_touch_changed"() RETURNS trigger
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

-- keep the updated-at column of people.users
CREATE TRIGGER "_okra_updated_at_changed" BEFORE UPDATE ON "people"."users"
  FOR EACH ROW EXECUTE FUNCTION "people"."_okra_touch_changed"();

-- drop the function for columns called changed, if nothing uses it
DO $okra$
BEGIN
  DROP FUNCTION "_okra_touch_changed"();
EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
END
$okra$;
