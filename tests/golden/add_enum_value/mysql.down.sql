-- add_enum_value: down, mysql

-- ~ column posts.status: enum('DRAFT','REVIEW','PUBLISHED') → enum('DRAFT','PUBLISHED')
-- ! may fail on existing data: `posts.status` may hold 'REVIEW', which it can't any more
-- ! breaks code that runs against the old schema: code that writes 'REVIEW' into `posts.status` fails
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('DRAFT','PUBLISHED') NOT NULL DEFAULT 'DRAFT', ALGORITHM=COPY, LOCK=SHARED;
