-- change_type_that_sqlite_has_not: up, postgres

-- alter table users
--   ~ column users.name: character varying(20) → character varying(80)
--   ~ column users.flag: boolean → integer, default false → 0
-- ! breaks code that runs against the old schema: code that takes `users.flag` for `boolean` fails
-- ! rewrites the table: writes all rows of `users` anew; nobody else can use it meanwhile
ALTER TABLE "users"
  ALTER COLUMN "name" TYPE character varying(80),
  ALTER COLUMN "flag" DROP DEFAULT,
  ALTER COLUMN "flag" TYPE integer USING "flag"::integer,
  ALTER COLUMN "flag" SET DEFAULT 0;
