-- reserved_words_and_hostile_names: up, postgres

-- rename column group.it's "here"; -- to it's "there"; /*
-- ! breaks code that runs against the old schema: code that uses the name `group.it's "here"; --` fails
ALTER TABLE "group" RENAME COLUMN "it's ""here""; --" TO "it's ""there""; /*";

-- alter table group
--   ~ column group.order: not null → null
ALTER TABLE "group" ALTER COLUMN "order" DROP NOT NULL;
