-- rename_columns_in_a_chain: up, postgres

-- rename column events.end to finish
-- ! breaks code that runs against the old schema: code that uses the name `events.end` fails
ALTER TABLE "events" RENAME COLUMN "end" TO "finish";

-- rename column events.start to end
-- ! breaks code that runs against the old schema: code that uses the name `events.start` fails
ALTER TABLE "events" RENAME COLUMN "start" TO "end";
