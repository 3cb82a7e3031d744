-- reserved_words_and_hostile_names: down, postgres

-- rename column group.it's "there"; /* to it's "here"; --
-- ! breaks code that runs against the old schema: code that uses the name `group.it's "there"; /*` fails
ALTER TABLE "group" RENAME COLUMN "it's ""there""; /*" TO "it's ""here""; --";

-- alter table group
--   ~ column group.order: null → not null
-- ! breaks code that runs against the old schema: code that leaves `group.order` out or empty fails
ALTER TABLE "group" ADD CONSTRAINT "_okra_required_order" CHECK ("order" IS NOT NULL) NOT VALID;

-- give rows of group without order a value
-- ! changes data: NULLs in `group.order` become ''
-- ! blocks writes or reads: writes to rows of `group` wait while those get their values
-- okra: new transaction
UPDATE "group" SET "order" = '' WHERE "order" IS NULL;

-- see that all rows of group have order
-- okra: new transaction
ALTER TABLE "group" VALIDATE CONSTRAINT "_okra_required_order";

-- require order of group
-- okra: new transaction
ALTER TABLE "group" ALTER COLUMN "order" SET NOT NULL;

-- order of group needs no check any more
ALTER TABLE "group" DROP CONSTRAINT "_okra_required_order";
