-- create_table: up, mysql

-- create table users
-- People who may log in.
--   email: Lower case, always.
CREATE TABLE `users` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `email` varchar(255) NOT NULL COMMENT 'Lower case, always.',
  `name` varchar(255) NULL,
  `age` int NULL,
  `active` tinyint(1) NOT NULL DEFAULT 1,
  `created_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `users_email_key` (`email`),
  CONSTRAINT `users_age_check` CHECK (age >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='People who may log in.';
