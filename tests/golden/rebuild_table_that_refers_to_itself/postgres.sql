-- rebuild_table_that_refers_to_itself: up, postgres

-- alter table folders
--   ~ column folders.name: not null → null
ALTER TABLE "folders" ALTER COLUMN "name" DROP NOT NULL;
