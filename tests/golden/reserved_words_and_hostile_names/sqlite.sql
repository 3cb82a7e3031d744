-- reserved_words_and_hostile_names: up, sqlite

-- rename column group.it's "here"; -- to it's "there"; /*
-- ! breaks code that runs against the old schema: code that uses the name `group.it's "here"; --` fails
ALTER TABLE "group" RENAME COLUMN "it's ""here""; --" TO "it's ""there""; /*";

-- rebuild group: make the new table
--   ~ column group.order: not null → null
-- ! rewrites the table: copies all rows of `group`; nobody else can write meanwhile
CREATE TABLE "_okra_new_group" (
  "id" integer NOT NULL PRIMARY KEY,
  "order" text,
  "it's ""there""; /*" text NOT NULL
);

-- rebuild group: copy its rows
INSERT INTO "_okra_new_group" ("id", "order", "it's ""there""; /*")
  SELECT "group"."id", "group"."order", "group"."it's ""there""; /*" FROM "group";

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
