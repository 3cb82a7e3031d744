-- swap_enum_texts: up, sqlite

-- rebuild switches: make the new table
--   > value switches.state: '0' → '1'
--   > value switches.state: '1' → '0'
-- ! breaks code that runs against the old schema: `switches.state` holds '1' in place of '0'
-- ! breaks code that runs against the old schema: `switches.state` holds '0' in place of '1'
-- ! rewrites the table: copies all rows of `switches`; nobody else can write meanwhile
CREATE TABLE "_okra_new_switches" (
  "id" integer NOT NULL PRIMARY KEY,
  "state" text NOT NULL,
  CHECK (state IN ('0', '1'))
);

-- rebuild switches: copy its rows
INSERT INTO "_okra_new_switches" ("id", "state")
  SELECT "switches"."id", CASE "switches"."state" WHEN '0' THEN '1' WHEN '1' THEN '0' ELSE "switches"."state" END FROM "switches";

-- rebuild switches: drop the old table
DROP TABLE "switches";

-- rebuild switches: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild switches: put the new table in its place
ALTER TABLE "_okra_new_switches" RENAME TO "switches";

-- rebuild switches: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
