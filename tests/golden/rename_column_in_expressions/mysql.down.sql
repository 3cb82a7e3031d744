-- rename_column_in_expressions: down, mysql

-- rename in items: cents to price
-- ! breaks code that runs against the old schema: code that uses the name `items.cents` fails
ALTER TABLE `items` RENAME COLUMN `cents` TO `price`, ALGORITHM=INSTANT;
