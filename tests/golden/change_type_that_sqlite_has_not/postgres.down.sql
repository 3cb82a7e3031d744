-- change_type_that_sqlite_has_not: down, postgres

-- alter table users
--   ~ column users.name: character varying(80) → character varying(20)
--   ~ column users.flag: integer → boolean, default 0 → false
-- ! may fail on existing data: `users.name` may hold values longer than 20
-- ! changes data: `users.flag` keeps only whether it is 0
-- ! breaks code that runs against the old schema: code that takes `users.flag` for `integer` fails
-- ! rewrites the table: writes all rows of `users` anew; nobody else can use it meanwhile
ALTER TABLE "users"
  ALTER COLUMN "name" TYPE character varying(20),
  ALTER COLUMN "flag" DROP DEFAULT,
  ALTER COLUMN "flag" TYPE boolean USING "flag" <> 0,
  ALTER COLUMN "flag" SET DEFAULT false;
