-- move_enum_to_another_schema: down, postgres

-- move type work.state to the default schema
-- ! breaks code that runs against the old schema: code that uses the name `work.state` fails
DO $okra$
BEGIN
  EXECUTE format('%s SET SCHEMA %I', 'ALTER TYPE "work"."state"', current_schema());
END
$okra$;
