-- give_the_text_of_a_value_to_another: up, mysql

-- ~ column posts.status: enum('o','DONE') → enum('OPEN','o','DONE')
-- ! may fail on existing data: values of `posts.status` that were different may be equal now
ALTER TABLE `posts` MODIFY COLUMN `status` enum('o','DONE','OPEN') NOT NULL, ALGORITHM=INSTANT;

-- in posts.status, turn 'o' to 'OPEN'
-- ! breaks code that runs against the old schema: `posts.status` holds 'OPEN' in place of 'o'
-- ! may fail on existing data: values of `posts.status` that were different may be equal now
UPDATE `posts` SET `status` = CASE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'o' THEN 'OPEN' ELSE `status` END WHERE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('o');

-- ~ column posts.status: enum('o','DONE','OPEN') → enum('OPEN','o','DONE')
-- ! may fail on existing data: values of `posts.status` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('OPEN','o','DONE') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
