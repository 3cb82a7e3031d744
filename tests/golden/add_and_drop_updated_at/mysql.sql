-- add_and_drop_updated_at: up, mysql

-- change table posts: 2 changes
--   ~ column posts.changed_at: updated at no → yes
--   ~ column posts.seen_at: updated at yes → no
ALTER TABLE `posts`
  MODIFY COLUMN `changed_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  MODIFY COLUMN `seen_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ALGORITHM=INSTANT;
