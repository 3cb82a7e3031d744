-- rename_column_called_rowid_of_table_with_updated_at: up, mysql

-- rename in facts: rowid to number
-- ! breaks code that runs against the old schema: code that uses the name `facts.rowid` fails
ALTER TABLE `facts` RENAME COLUMN `rowid` TO `number`, ALGORITHM=INSTANT;
