-- change_collation: down, postgres

-- alter table users
--   ~ column users.email: collation C → none
ALTER TABLE "users" ALTER COLUMN "email" TYPE text;
