-- rename_column_that_others_refer_to: down, mysql

-- drop foreign key orders_user_handle_fkey of orders
ALTER TABLE `orders` DROP FOREIGN KEY `orders_user_handle_fkey`, ALGORITHM=INSTANT;

-- rename in users: handle to code
-- ! breaks code that runs against the old schema: code that uses the name `users.handle` fails
ALTER TABLE `users` RENAME COLUMN `handle` TO `code`, ALGORITHM=INSTANT;

-- rename in orders: user_handle to user_code
-- ! breaks code that runs against the old schema: code that uses the name `orders.user_handle` fails
ALTER TABLE `orders` RENAME COLUMN `user_handle` TO `user_code`, ALGORITHM=INSTANT;

-- > unique index users_handle_key → users_code_key
ALTER TABLE `users` RENAME INDEX `users_handle_key` TO `users_code_key`, ALGORITHM=INSTANT;

-- > index orders_user_handle_fkey → orders_user_code_fkey
ALTER TABLE `orders` RENAME INDEX `orders_user_handle_fkey` TO `orders_user_code_fkey`, ALGORITHM=INSTANT;

-- add foreign key orders_user_code_fkey to orders
-- ! blocks writes or reads: copies all rows of `orders`; nobody else can write to it meanwhile
ALTER TABLE `orders` ADD CONSTRAINT `orders_user_code_fkey` FOREIGN KEY (`user_code`) REFERENCES `users` (`code`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
