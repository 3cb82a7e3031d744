-- change_type_between_text_and_bytes: up, postgres

-- alter table tokens
--   ~ column tokens.secret: text → bytea
--   ~ column tokens.nonce: bytea → text
--   + column tokens.salt: bytea not null default '\x68656c6c6f'
-- ! breaks code that runs against the old schema: code that takes `tokens.secret` for `text` fails
-- ! may fail on existing data: `tokens.nonce` may hold bytes that are no UTF-8 text
-- ! breaks code that runs against the old schema: code that takes `tokens.nonce` for `bytea` fails
-- ! rewrites the table: writes all rows of `tokens` anew; nobody else can use it meanwhile
ALTER TABLE "tokens"
  ALTER COLUMN "secret" TYPE bytea USING convert_to("secret", 'UTF8'),
  ALTER COLUMN "nonce" TYPE text USING convert_from("nonce", 'UTF8'),
  ADD COLUMN "salt" bytea DEFAULT '\x68656c6c6f' NOT NULL;
