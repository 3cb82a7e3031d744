-- rename_column: up, sqlite

-- drop index users_username_key of users
DROP INDEX "users_username_key";

-- rename column users.username to login
-- ! breaks code that runs against the old schema: code that uses the name `users.username` fails
ALTER TABLE "users" RENAME COLUMN "username" TO "login";

-- unique index users by login
CREATE UNIQUE INDEX "users_login_key" ON "users" ("login");
