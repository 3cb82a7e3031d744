-- rename_column: down, mysql

-- rename in users: login to username
-- ! breaks code that runs against the old schema: code that uses the name `users.login` fails
-- ! blocks writes or reads: MySQL, unlike MariaDB, copies all rows of `users`; nobody else can write meanwhile
ALTER TABLE `users`
  /*!80016 DROP CHECK `users_login_check`, */
  RENAME COLUMN `login` TO `username`
  /*!80016 , ADD CONSTRAINT `users_login_check` CHECK (length(username) > 2), ALGORITHM=COPY, LOCK=SHARED */
  /*M!100600 , ALGORITHM=INSTANT */;

-- change table users: 3 changes
--   - check users users_login_check (length(username) > 2)
--   > check users users_login_check → users_username_check
--   > unique index users_login_key → users_username_key
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  DROP CONSTRAINT `users_login_check`,
  ADD CONSTRAINT `users_username_check` CHECK (length(username) > 2),
  RENAME INDEX `users_login_key` TO `users_username_key`,
  ALGORITHM=COPY, LOCK=SHARED;
