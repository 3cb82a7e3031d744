-- rename_column: down, postgres

-- rename index users_login_key to users_username_key
ALTER INDEX "users_login_key" RENAME TO "users_username_key";

-- rename column users.login to username
-- ! breaks code that runs against the old schema: code that uses the name `users.login` fails
ALTER TABLE "users" RENAME COLUMN "login" TO "username";

-- rename constraint users_login_check of users to users_username_check
ALTER TABLE "users" RENAME CONSTRAINT "users_login_check" TO "users_username_check";
