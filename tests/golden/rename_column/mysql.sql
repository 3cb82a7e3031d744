-- rename_column: up, mysql

-- rename in users: username to login
-- ! breaks code that runs against the old schema: code that uses the name `users.username` fails
-- ! blocks writes or reads: MySQL, unlike MariaDB, copies all rows of `users`; nobody else can write meanwhile
ALTER TABLE `users`
  /*!80016 DROP CHECK `users_username_check`, */
  RENAME COLUMN `username` TO `login`
  /*!80016 , ADD CONSTRAINT `users_username_check` CHECK (length(login) > 2), ALGORITHM=COPY, LOCK=SHARED */
  /*M!100600 , ALGORITHM=INSTANT */;

-- change table users: 3 changes
--   - check users users_username_check (length(login) > 2)
--   > check users users_username_check → users_login_check
--   > unique index users_username_key → users_login_key
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  DROP CONSTRAINT `users_username_check`,
  ADD CONSTRAINT `users_login_check` CHECK (length(login) > 2),
  RENAME INDEX `users_username_key` TO `users_login_key`,
  ALGORITHM=COPY, LOCK=SHARED;
