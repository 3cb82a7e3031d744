-- move_enum_to_another_schema: up, postgres

-- create schema work
DO $okra$
BEGIN
  IF to_regnamespace('"work"') IS NULL THEN
    CREATE SCHEMA "work";
  END IF;
END
$okra$;

-- move type state to the schema work
-- ! breaks code that runs against the old schema: code that uses the name `state` fails
ALTER TYPE "state" SET SCHEMA "work";
