-- add_and_drop_defaults: up, mysql

-- change table users: 2 changes
--   ~ column users.role: default none → 'user'
--   ~ column users.kind: default 'a' → none
-- ! breaks code that runs against the old schema: code that inserts into `users` without `kind` fails
ALTER TABLE `users`
  MODIFY COLUMN `role` varchar(255) NOT NULL DEFAULT 'user',
  MODIFY COLUMN `kind` varchar(255) NOT NULL,
  ALGORITHM=INSTANT;
