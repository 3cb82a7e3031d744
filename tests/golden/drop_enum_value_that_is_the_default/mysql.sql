-- drop_enum_value_that_is_the_default: up, mysql

-- ~ column posts.status: enum('DRAFT','DONE') → enum('DONE'), default 'DRAFT' → 'DONE'
-- ! may fail on existing data: `posts.status` may hold 'DRAFT', which it can't any more
-- ! breaks code that runs against the old schema: code that writes 'DRAFT' into `posts.status` fails
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('DONE') NOT NULL DEFAULT 'DONE', ALGORITHM=COPY, LOCK=SHARED;
