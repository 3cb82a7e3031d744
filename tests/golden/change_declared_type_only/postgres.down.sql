-- change_declared_type_only: down, postgres

-- alter table users
--   ~ column users.name: character varying(80) → character varying(20)
-- ! may fail on existing data: `users.name` may hold values longer than 20
-- ! rewrites the table: writes all rows of `users` anew; nobody else can use it meanwhile
ALTER TABLE "users" ALTER COLUMN "name" TYPE character varying(20);
