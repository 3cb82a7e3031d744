-- keep_the_autoincrement_counter: up, postgres

-- alter table tickets
--   ~ column tickets.title: null → not null
-- ! breaks code that runs against the old schema: code that leaves `tickets.title` out or empty fails
ALTER TABLE "tickets" ADD CONSTRAINT "_okra_required_title" CHECK ("title" IS NOT NULL) NOT VALID;

-- see that all rows of tickets have title
-- ! may fail on existing data: `tickets.title` becomes required: fails if a row has NULL there
-- okra: new transaction
ALTER TABLE "tickets" VALIDATE CONSTRAINT "_okra_required_title";

-- require title of tickets
-- okra: new transaction
ALTER TABLE "tickets" ALTER COLUMN "title" SET NOT NULL;

-- title of tickets needs no check any more
ALTER TABLE "tickets" DROP CONSTRAINT "_okra_required_title";
