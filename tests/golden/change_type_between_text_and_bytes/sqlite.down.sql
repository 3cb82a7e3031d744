-- change_type_between_text_and_bytes: down, sqlite
-- what the migration took from rows does not come back:
--   bytes in `tokens.nonce` become text as they are: what is no UTF-8 can't be read any more

-- rebuild tokens: make the new table
--   - column tokens.salt
--   ~ column tokens.secret: blob → text
--   ~ column tokens.nonce: text → blob
-- ! loses data: drops column `tokens.salt` with its values
-- ! breaks code that runs against the old schema: code that uses `tokens.salt` fails
-- ! changes data: bytes in `tokens.secret` become text as they are: what is no UTF-8 can't be read any more
-- ! rewrites the table: copies all rows of `tokens`; nobody else can write meanwhile
CREATE TABLE "_okra_new_tokens" (
  "id" integer NOT NULL PRIMARY KEY,
  "secret" text NOT NULL,
  "nonce" blob
);

-- rebuild tokens: copy its rows
INSERT INTO "_okra_new_tokens" ("id", "secret", "nonce")
  SELECT "tokens"."id", CAST("tokens"."secret" AS text), CAST("tokens"."nonce" AS blob) FROM "tokens";

-- rebuild tokens: drop the old table
DROP TABLE "tokens";

-- rebuild tokens: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild tokens: put the new table in its place
ALTER TABLE "_okra_new_tokens" RENAME TO "tokens";

-- rebuild tokens: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
