-- rename_column: down, sqlite

-- drop index users_login_key of users
DROP INDEX "users_login_key";

-- rename column users.login to username
-- ! breaks code that runs against the old schema: code that uses the name `users.login` fails
ALTER TABLE "users" RENAME COLUMN "login" TO "username";

-- unique index users by username
CREATE UNIQUE INDEX "users_username_key" ON "users" ("username");
