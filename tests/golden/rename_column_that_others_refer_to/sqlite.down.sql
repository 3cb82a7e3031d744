-- rename_column_that_others_refer_to: down, sqlite

-- drop index users_handle_key of users
DROP INDEX "users_handle_key";

-- rename column users.handle to code
-- ! breaks code that runs against the old schema: code that uses the name `users.handle` fails
ALTER TABLE "users" RENAME COLUMN "handle" TO "code";

-- rename column orders.user_handle to user_code
-- ! breaks code that runs against the old schema: code that uses the name `orders.user_handle` fails
ALTER TABLE "orders" RENAME COLUMN "user_handle" TO "user_code";

-- unique index users by code
CREATE UNIQUE INDEX "users_code_key" ON "users" ("code");
