-- give_the_text_of_a_value_to_another: down, mysql

-- in posts.status, turn 'OPEN' to 'o'
-- ! breaks code that runs against the old schema: `posts.status` holds 'o' in place of 'OPEN'
-- ! changes data: rows with 'OPEN' and 'o' in `posts.status` can't be told apart any more
-- ! may fail on existing data: values of `posts.status` that were different may be equal now
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `status` = 'o' WHERE `status` = 'OPEN';

-- ~ column posts.status: enum('OPEN','o','DONE') → enum('o','DONE')
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('o','DONE') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
