-- rename_columns_in_a_chain: down, postgres

-- rename column events.end to start
-- ! breaks code that runs against the old schema: code that uses the name `events.end` fails
ALTER TABLE "events" RENAME COLUMN "end" TO "start";

-- rename column events.finish to end
-- ! breaks code that runs against the old schema: code that uses the name `events.finish` fails
ALTER TABLE "events" RENAME COLUMN "finish" TO "end";
