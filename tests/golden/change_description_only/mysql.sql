-- change_description_only: up, mysql

-- change table users: 2 changes
--   ~ column users.id: comment none → The number.
--   ~ table users: comment
ALTER TABLE `users`
  MODIFY COLUMN `id` int NOT NULL COMMENT 'The number.',
  COMMENT='People.',
  ALGORITHM=INSTANT;
