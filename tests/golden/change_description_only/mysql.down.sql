-- change_description_only: down, mysql

-- change table users: 2 changes
--   ~ column users.id: comment The number. → none
--   ~ table users: comment
ALTER TABLE `users`
  MODIFY COLUMN `id` int NOT NULL,
  COMMENT='',
  ALGORITHM=INSTANT;
