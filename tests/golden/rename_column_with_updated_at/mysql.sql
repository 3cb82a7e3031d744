-- rename_column_with_updated_at: up, mysql

-- rename in posts: updated_at to changed_at
-- ! breaks code that runs against the old schema: code that uses the name `posts.updated_at` fails
ALTER TABLE `posts` RENAME COLUMN `updated_at` TO `changed_at`, ALGORITHM=INSTANT;
