-- rename_by_flag: down, postgres

-- rename column users.email to username
-- ! breaks code that runs against the old schema: code that uses the name `users.email` fails
ALTER TABLE "users" RENAME COLUMN "email" TO "username";
