-- move_enum_to_another_schema: down, postgres

-- move type work.state to the schema public
-- ! breaks code that runs against the old schema: code that uses the name `work.state` fails
ALTER TYPE "work"."state" SET SCHEMA "public";
