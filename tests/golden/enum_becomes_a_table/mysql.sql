-- enum_becomes_a_table: up, mysql

-- create table statuses
CREATE TABLE `statuses` (
  `name` varchar(255) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ~ column posts.status: enum('DRAFT','DONE') → varchar(255)
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` varchar(255) NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
