-- 20240311_174531: up, mysql

-- create table profiles
CREATE TABLE `profiles` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `bio` varchar(255) NULL,
  `avatar_url` varchar(255) NULL,
  `user_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `profiles_user_id_key` (`user_id`),
  CONSTRAINT `profiles_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- change table posts: 3 changes
--   + index posts_published_created_at_idx on posts (published, created_at)
--   + index posts_author_id_idx on posts (author_id)
--   - index posts_author_id_fkey on posts
ALTER TABLE `posts`
  ADD INDEX `posts_published_created_at_idx` (`published`, `created_at`),
  ADD INDEX `posts_author_id_idx` (`author_id`),
  DROP INDEX `posts_author_id_fkey`,
  ALGORITHM=INPLACE, LOCK=NONE;

-- + index tags_name_idx on tags (name)
ALTER TABLE `tags` ADD INDEX `tags_name_idx` (`name`), ALGORITHM=INPLACE, LOCK=NONE;
