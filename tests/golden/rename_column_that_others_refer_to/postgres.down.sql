-- rename_column_that_others_refer_to: down, postgres

-- rename index users_handle_key to users_code_key
ALTER INDEX "users_handle_key" RENAME TO "users_code_key";

-- rename column users.handle to code
-- ! breaks code that runs against the old schema: code that uses the name `users.handle` fails
ALTER TABLE "users" RENAME COLUMN "handle" TO "code";

-- rename column orders.user_handle to user_code
-- ! breaks code that runs against the old schema: code that uses the name `orders.user_handle` fails
ALTER TABLE "orders" RENAME COLUMN "user_handle" TO "user_code";

-- rename constraint orders_user_handle_fkey of orders to orders_user_code_fkey
ALTER TABLE "orders" RENAME CONSTRAINT "orders_user_handle_fkey" TO "orders_user_code_fkey";
