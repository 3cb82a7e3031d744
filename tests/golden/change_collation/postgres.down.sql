-- change_collation: down, postgres

-- alter table users
--   ~ column users.email: collation C → none
-- ! blocks writes or reads: nobody else can use `users` while its rows are looked at
ALTER TABLE "users" ALTER COLUMN "email" TYPE text;
