-- reserved_words_and_hostile_names: down, sqlite

-- rename column group.it's "there"; /* to it's "here"; --
-- ! breaks code that runs against the old schema: code that uses the name `group.it's "there"; /*` fails
ALTER TABLE "group" RENAME COLUMN "it's ""there""; /*" TO "it's ""here""; --";

-- rebuild group: make the new table
--   ~ column group.order: null → not null
-- ! changes data: NULLs in `group.order` become ''
-- ! rewrites the table: copies all rows of `group`; nobody else can write meanwhile
CREATE TABLE "_okra_new_group" (
  "id" integer NOT NULL PRIMARY KEY,
  "order" text NOT NULL,
  "it's ""here""; --" text NOT NULL
);

-- rebuild group: copy its rows
INSERT INTO "_okra_new_group" ("id", "order", "it's ""here""; --")
  SELECT "group"."id", coalesce("group"."order", ''), "group"."it's ""here""; --" FROM "group";

-- rebuild group: drop the old table
DROP TABLE "group";

-- rebuild group: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild group: put the new table in its place
ALTER TABLE "_okra_new_group" RENAME TO "group";

-- rebuild group: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index group by order
CREATE INDEX "select" ON "group" ("order");
