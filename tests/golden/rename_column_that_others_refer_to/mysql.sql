-- rename_column_that_others_refer_to: up, mysql

-- drop foreign key orders_user_code_fkey of orders
ALTER TABLE `orders` DROP FOREIGN KEY `orders_user_code_fkey`, ALGORITHM=INSTANT;

-- rename in users: code to handle
-- ! breaks code that runs against the old schema: code that uses the name `users.code` fails
ALTER TABLE `users` RENAME COLUMN `code` TO `handle`, ALGORITHM=INSTANT;

-- rename in orders: user_code to user_handle
-- ! breaks code that runs against the old schema: code that uses the name `orders.user_code` fails
ALTER TABLE `orders` RENAME COLUMN `user_code` TO `user_handle`, ALGORITHM=INSTANT;

-- > unique index users_code_key → users_handle_key
ALTER TABLE `users` RENAME INDEX `users_code_key` TO `users_handle_key`, ALGORITHM=INSTANT;

-- > index orders_user_code_fkey → orders_user_handle_fkey
ALTER TABLE `orders` RENAME INDEX `orders_user_code_fkey` TO `orders_user_handle_fkey`, ALGORITHM=INSTANT;

-- add foreign key orders_user_handle_fkey to orders
-- ! blocks writes or reads: copies all rows of `orders`; nobody else can write to it meanwhile
ALTER TABLE `orders` ADD CONSTRAINT `orders_user_handle_fkey` FOREIGN KEY (`user_handle`) REFERENCES `users` (`handle`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
