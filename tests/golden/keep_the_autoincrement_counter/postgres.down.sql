-- keep_the_autoincrement_counter: down, postgres

-- alter table tickets
--   ~ column tickets.title: not null → null
ALTER TABLE "tickets" ALTER COLUMN "title" DROP NOT NULL;
