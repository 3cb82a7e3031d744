-- drop_enum_value: down, mysql

-- ~ column posts.status: enum('DRAFT','PUBLISHED') → enum('DRAFT','REVIEW','PUBLISHED')
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('DRAFT','REVIEW','PUBLISHED') NOT NULL DEFAULT 'DRAFT', ALGORITHM=COPY, LOCK=SHARED;
