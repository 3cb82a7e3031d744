-- add_and_drop_updated_at: down, mysql

-- change table posts: 2 changes
--   ~ column posts.changed_at: updated at yes → no
--   ~ column posts.seen_at: updated at no → yes
ALTER TABLE `posts`
  MODIFY COLUMN `changed_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  MODIFY COLUMN `seen_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  ALGORITHM=INSTANT;
