-- rename_column_with_updated_at: down, mysql

-- rename in posts: changed_at to updated_at
-- ! breaks code that runs against the old schema: code that uses the name `posts.changed_at` fails
ALTER TABLE `posts` RENAME COLUMN `changed_at` TO `updated_at`, ALGORITHM=INSTANT;
