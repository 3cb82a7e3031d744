-- rename_column_that_others_refer_to: up, postgres

-- rename index users_code_key to users_handle_key
ALTER INDEX "users_code_key" RENAME TO "users_handle_key";

-- rename column users.code to handle
-- ! breaks code that runs against the old schema: code that uses the name `users.code` fails
ALTER TABLE "users" RENAME COLUMN "code" TO "handle";

-- rename column orders.user_code to user_handle
-- ! breaks code that runs against the old schema: code that uses the name `orders.user_code` fails
ALTER TABLE "orders" RENAME COLUMN "user_code" TO "user_handle";

-- rename constraint orders_user_code_fkey of orders to orders_user_handle_fkey
ALTER TABLE "orders" RENAME CONSTRAINT "orders_user_code_fkey" TO "orders_user_handle_fkey";
