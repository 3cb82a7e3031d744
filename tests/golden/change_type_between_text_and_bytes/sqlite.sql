-- change_type_between_text_and_bytes: up, sqlite

-- rebuild tokens: make the new table
--   ~ column tokens.secret: text → blob
--   ~ column tokens.nonce: blob → text
--   + column tokens.salt: blob not null default x'68656c6c6f'
-- ! changes data: bytes in `tokens.nonce` become text as they are: what is no UTF-8 can't be read any more
-- ! rewrites the table: copies all rows of `tokens`; nobody else can write meanwhile
CREATE TABLE "_okra_new_tokens" (
  "id" integer NOT NULL PRIMARY KEY,
  "secret" blob NOT NULL,
  "nonce" text,
  "salt" blob NOT NULL DEFAULT x'68656c6c6f'
);

-- rebuild tokens: copy its rows
INSERT INTO "_okra_new_tokens" ("id", "secret", "nonce")
  SELECT "tokens"."id", CAST("tokens"."secret" AS blob), CAST("tokens"."nonce" AS text) FROM "tokens";

-- rebuild tokens: drop the old table
DROP TABLE "tokens";

-- rebuild tokens: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild tokens: put the new table in its place
ALTER TABLE "_okra_new_tokens" RENAME TO "tokens";

-- rebuild tokens: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
