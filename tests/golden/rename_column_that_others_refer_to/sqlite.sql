-- rename_column_that_others_refer_to: up, sqlite

-- drop index users_code_key of users
DROP INDEX "users_code_key";

-- rename column users.code to handle
-- ! breaks code that runs against the old schema: code that uses the name `users.code` fails
ALTER TABLE "users" RENAME COLUMN "code" TO "handle";

-- rename column orders.user_code to user_handle
-- ! breaks code that runs against the old schema: code that uses the name `orders.user_code` fails
ALTER TABLE "orders" RENAME COLUMN "user_code" TO "user_handle";

-- unique index users by handle
CREATE UNIQUE INDEX "users_handle_key" ON "users" ("handle");
