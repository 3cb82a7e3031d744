-- rename_column: up, postgres

-- rename index users_username_key to users_login_key
ALTER INDEX "users_username_key" RENAME TO "users_login_key";

-- rename column users.username to login
-- ! breaks code that runs against the old schema: code that uses the name `users.username` fails
ALTER TABLE "users" RENAME COLUMN "username" TO "login";

-- rename constraint users_username_check of users to users_login_check
ALTER TABLE "users" RENAME CONSTRAINT "users_username_check" TO "users_login_check";
