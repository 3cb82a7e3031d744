-- make_a_column_the_key: down, postgres

-- drop constraints of facts
ALTER TABLE "facts" DROP CONSTRAINT "facts_pkey";

-- alter table facts
--   ~ column facts.number: not null → null
ALTER TABLE "facts" ALTER COLUMN "number" DROP NOT NULL;
