-- add_stored_computed_column: down, mysql

-- - column items.gross
-- ! breaks code that runs against the old schema: code that uses `items.gross` fails
ALTER TABLE `items` DROP COLUMN `gross`, ALGORITHM=INSTANT;
