-- many_changes_are_one_rebuild: down, mysql
-- what the migration took from rows does not come back:
--   NULLs in `users.name` become 'none'
--   drops column `users.old` with its values

-- change table users: 7 changes
--   - check users users_score_check (score >= 0)
--   - unique index users_email_key on users
--   - column users.score
--   ~ column users.name: not null → null, default 'none' → none
--   + column users.old: varchar(255) null
--   + check users users_age_check (age > 0)
--   + index users_email_idx on users (email)
-- ! loses data: drops column `users.score` with its values
-- ! breaks code that runs against the old schema: code that uses `users.score` fails
-- ! may fail on existing data: rows of `users` may not satisfy `age > 0`
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  DROP CONSTRAINT `users_score_check`,
  DROP INDEX `users_email_key`,
  DROP COLUMN `score`,
  MODIFY COLUMN `name` varchar(255) NULL,
  ADD COLUMN `old` varchar(255) NULL,
  ADD CONSTRAINT `users_age_check` CHECK (age > 0),
  ADD INDEX `users_email_idx` (`email`),
  ALGORITHM=COPY, LOCK=SHARED;
