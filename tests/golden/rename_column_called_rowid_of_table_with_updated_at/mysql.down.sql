-- rename_column_called_rowid_of_table_with_updated_at: down, mysql

-- rename in facts: number to rowid
-- ! breaks code that runs against the old schema: code that uses the name `facts.number` fails
ALTER TABLE `facts` RENAME COLUMN `number` TO `rowid`, ALGORITHM=INSTANT;
