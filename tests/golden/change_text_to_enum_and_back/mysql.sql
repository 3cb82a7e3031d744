-- change_text_to_enum_and_back: up, mysql

-- change table posts: 2 changes
--   ~ column posts.status: varchar(255) → enum('DRAFT','DONE')
--   ~ column posts.mood: enum('GOOD','BAD') → varchar(255)
-- ! may fail on existing data: `posts.status` may hold values that are no `enum('DRAFT','DONE')`
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  MODIFY COLUMN `status` enum('DRAFT','DONE') NOT NULL,
  MODIFY COLUMN `mood` varchar(255) NOT NULL,
  ALGORITHM=COPY, LOCK=SHARED;
