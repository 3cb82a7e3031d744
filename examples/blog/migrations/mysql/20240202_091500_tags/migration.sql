-- 20240202_091500: up, mysql

-- rename in users: full_name to name
-- ! breaks code that runs against the old schema: code that uses the name `users.full_name` fails
ALTER TABLE `users` RENAME COLUMN `full_name` TO `name`, ALGORITHM=INSTANT;

-- create table tags
CREATE TABLE `tags` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `tags_name_key` (`name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table post_tags
CREATE TABLE `post_tags` (
  `post_id` varchar(36) NOT NULL,
  `tag_id` varchar(36) NOT NULL,
  PRIMARY KEY (`post_id`, `tag_id`),
  INDEX `post_tags_tag_id_idx` (`tag_id`),
  CONSTRAINT `post_tags_post_id_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `post_tags_tag_id_fkey` FOREIGN KEY (`tag_id`) REFERENCES `tags` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- + column posts.published: tinyint(1) not null default 0
ALTER TABLE `posts` ADD COLUMN `published` tinyint(1) NOT NULL DEFAULT 0, ALGORITHM=INSTANT;
