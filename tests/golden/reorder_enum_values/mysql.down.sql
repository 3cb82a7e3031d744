-- reorder_enum_values: down, mysql

-- ~ column posts.status: enum('B','A') → enum('A','B')
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('A','B') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
