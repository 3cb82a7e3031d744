-- reorder_enum_values: up, mysql

-- ~ column posts.status: enum('A','B') → enum('B','A')
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('B','A') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
