-- change_type_between_text_and_bytes: down, postgres

-- alter table tokens
--   - column tokens.salt
--   ~ column tokens.secret: bytea → text
--   ~ column tokens.nonce: text → bytea
-- ! loses data: drops column `tokens.salt` with its values
-- ! breaks code that runs against the old schema: code that uses `tokens.salt` fails
-- ! may fail on existing data: `tokens.secret` may hold bytes that are no UTF-8 text
-- ! breaks code that runs against the old schema: code that takes `tokens.secret` for `bytea` fails
-- ! breaks code that runs against the old schema: code that takes `tokens.nonce` for `text` fails
-- ! rewrites the table: writes all rows of `tokens` anew; nobody else can use it meanwhile
ALTER TABLE "tokens"
  DROP COLUMN "salt",
  ALTER COLUMN "secret" TYPE text USING convert_from("secret", 'UTF8'),
  ALTER COLUMN "nonce" TYPE bytea USING convert_to("nonce", 'UTF8');
