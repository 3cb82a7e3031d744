-- change_collation: up, postgres

-- alter table users
--   ~ column users.email: collation none → C
ALTER TABLE "users" ALTER COLUMN "email" TYPE text COLLATE "C";
