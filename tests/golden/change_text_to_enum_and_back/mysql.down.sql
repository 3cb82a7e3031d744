-- change_text_to_enum_and_back: down, mysql

-- change table posts: 2 changes
--   ~ column posts.status: enum('DRAFT','DONE') → varchar(255)
--   ~ column posts.mood: varchar(255) → enum('GOOD','BAD')
-- ! may fail on existing data: `posts.mood` may hold values that are no `enum('GOOD','BAD')`
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  MODIFY COLUMN `status` varchar(255) NOT NULL,
  MODIFY COLUMN `mood` enum('GOOD','BAD') NOT NULL,
  ALGORITHM=COPY, LOCK=SHARED;
