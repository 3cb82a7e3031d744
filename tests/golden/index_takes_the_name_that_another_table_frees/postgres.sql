-- index_takes_the_name_that_another_table_frees: up, postgres

-- drop table logs
-- ! loses data: drops table `logs` with all its rows
-- ! breaks code that runs against the old schema: code that uses `logs` fails
DROP TABLE "logs";

-- drop index by_mark of notes
DROP INDEX "by_mark";

-- alter table notes
--   ~ column notes.mark: not null → null
ALTER TABLE "notes" ALTER COLUMN "mark" DROP NOT NULL;

-- index notes by text
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "by_text" ON "notes" ("text");

-- index pages by mark
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "by_mark" ON "pages" ("mark");
