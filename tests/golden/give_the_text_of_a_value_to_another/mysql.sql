-- give_the_text_of_a_value_to_another: up, mysql

-- ~ column posts.status: enum('o','DONE') → enum('o','DONE','OPEN')
ALTER TABLE `posts` MODIFY COLUMN `status` enum('o','DONE','OPEN') NOT NULL, ALGORITHM=INSTANT;

-- in posts.status, turn 'o' to 'OPEN'
-- ! breaks code that runs against the old schema: `posts.status` holds 'OPEN' in place of 'o'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `status` = 'OPEN' WHERE `status` = 'o';

-- ~ column posts.status: enum('o','DONE','OPEN') → enum('OPEN','o','DONE')
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('OPEN','o','DONE') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
