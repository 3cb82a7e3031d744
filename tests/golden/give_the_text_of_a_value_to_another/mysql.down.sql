-- give_the_text_of_a_value_to_another: down, mysql

-- in posts.status, turn 'OPEN' to 'o'
-- ! breaks code that runs against the old schema: `posts.status` holds 'o' in place of 'OPEN'
-- ! changes data: rows with 'OPEN' and 'o' in `posts.status` can't be told apart any more
-- ! may fail on existing data: values of `posts.status` that were different may be equal now
UPDATE `posts` SET `status` = CASE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'OPEN' THEN 'o' ELSE `status` END WHERE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('OPEN');

-- ~ column posts.status: enum('OPEN','o','DONE') → enum('o','DONE')
-- ! may fail on existing data: `posts.status` may hold 'OPEN', which it can't any more
-- ! may fail on existing data: values of `posts.status` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('o','DONE') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
