-- change_type_between_text_and_bytes: up, mysql

-- change table tokens: 3 changes
--   ~ column tokens.secret: varchar(255) → longblob
--   ~ column tokens.nonce: longblob → varchar(255)
--   + column tokens.salt: longblob not null default ('hello')
-- ! breaks code that runs against the old schema: code that takes `tokens.secret` for `varchar(255)` fails
-- ! may fail on existing data: `tokens.nonce` may hold bytes that are no text and may hold values that are too long
-- ! breaks code that runs against the old schema: code that takes `tokens.nonce` for `longblob` fails
-- ! blocks writes or reads: copies all rows of `tokens`; nobody else can write to it meanwhile
ALTER TABLE `tokens`
  MODIFY COLUMN `secret` longblob NOT NULL,
  MODIFY COLUMN `nonce` varchar(255) NULL,
  ADD COLUMN `salt` longblob NOT NULL DEFAULT ('hello'),
  ALGORITHM=COPY, LOCK=SHARED;
