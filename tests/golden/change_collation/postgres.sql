-- change_collation: up, postgres

-- alter table users
--   ~ column users.email: collation none → C
-- ! blocks writes or reads: nobody else can use `users` while its rows are looked at
ALTER TABLE "users" ALTER COLUMN "email" TYPE text COLLATE "C";
