-- add_and_drop_defaults: down, mysql

-- change table users: 2 changes
--   ~ column users.role: default 'user' → none
--   ~ column users.kind: default none → 'a'
-- ! breaks code that runs against the old schema: code that inserts into `users` without `role` fails
ALTER TABLE `users`
  MODIFY COLUMN `role` varchar(255) NOT NULL,
  MODIFY COLUMN `kind` varchar(255) NOT NULL DEFAULT 'a',
  ALGORITHM=INSTANT;
