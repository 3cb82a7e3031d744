-- change_type_between_text_and_bytes: down, mysql

-- change table tokens: 3 changes
--   - column tokens.salt
--   ~ column tokens.secret: longblob → varchar(255)
--   ~ column tokens.nonce: varchar(255) → longblob
-- ! loses data: drops column `tokens.salt` with its values
-- ! breaks code that runs against the old schema: code that uses `tokens.salt` fails
-- ! may fail on existing data: `tokens.secret` may hold bytes that are no text and may hold values that are too long
-- ! breaks code that runs against the old schema: code that takes `tokens.secret` for `longblob` fails
-- ! breaks code that runs against the old schema: code that takes `tokens.nonce` for `varchar(255)` fails
-- ! blocks writes or reads: copies all rows of `tokens`; nobody else can write to it meanwhile
ALTER TABLE `tokens`
  DROP COLUMN `salt`,
  MODIFY COLUMN `secret` varchar(255) NOT NULL,
  MODIFY COLUMN `nonce` longblob NULL,
  ALGORITHM=COPY, LOCK=SHARED;
