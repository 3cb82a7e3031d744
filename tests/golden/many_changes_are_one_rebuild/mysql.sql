-- many_changes_are_one_rebuild: up, mysql

-- - check users users_age_check (age > 0)
ALTER TABLE `users` DROP CONSTRAINT `users_age_check`, ALGORITHM=INSTANT;

-- give rows without users.name a value
-- ! changes data: NULLs in `users.name` become 'none'
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
UPDATE `users` SET `name` = 'none' WHERE `name` IS NULL;

-- change table users: 6 changes
--   - index users_email_idx on users
--   - column users.old
--   ~ column users.name: null → not null, default none → 'none'
--   + column users.score: int not null default 0
--   + check users users_score_check (score >= 0)
--   + unique index users_email_key on users (email)
-- ! loses data: drops column `users.old` with its values
-- ! breaks code that runs against the old schema: code that uses `users.old` fails
-- ! may fail on existing data: `users` may have rows with equal `email`: index `users_email_key`
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  DROP INDEX `users_email_idx`,
  DROP COLUMN `old`,
  MODIFY COLUMN `name` varchar(255) NOT NULL DEFAULT 'none',
  ADD COLUMN `score` int NOT NULL DEFAULT 0,
  ADD CONSTRAINT `users_score_check` CHECK (score >= 0),
  ADD UNIQUE INDEX `users_email_key` (`email`),
  ALGORITHM=COPY, LOCK=SHARED;
