-- drop_enum_value_that_is_the_default: down, mysql

-- ~ column posts.status: enum('DONE') → enum('DRAFT','DONE'), default 'DONE' → 'DRAFT'
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('DRAFT','DONE') NOT NULL DEFAULT 'DRAFT', ALGORITHM=COPY, LOCK=SHARED;
