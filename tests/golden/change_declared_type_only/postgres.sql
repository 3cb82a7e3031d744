-- change_declared_type_only: up, postgres

-- alter table users
--   ~ column users.name: character varying(20) → character varying(80)
ALTER TABLE "users" ALTER COLUMN "name" TYPE character varying(80);
