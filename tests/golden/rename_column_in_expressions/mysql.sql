-- rename_column_in_expressions: up, mysql

-- rename in items: price to cents
-- ! breaks code that runs against the old schema: code that uses the name `items.price` fails
ALTER TABLE `items` RENAME COLUMN `price` TO `cents`, ALGORITHM=INSTANT;
