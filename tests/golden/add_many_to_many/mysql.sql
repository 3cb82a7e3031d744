-- add_many_to_many: up, mysql

-- create table post_tags
CREATE TABLE `post_tags` (
  `post_id` int NOT NULL,
  `tag_id` varchar(255) NOT NULL,
  PRIMARY KEY (`post_id`, `tag_id`),
  INDEX `post_tags_tag_id_idx` (`tag_id`),
  CONSTRAINT `post_tags_post_id_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `post_tags_tag_id_fkey` FOREIGN KEY (`tag_id`) REFERENCES `tags` (`name`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
