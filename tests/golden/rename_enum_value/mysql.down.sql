-- rename_enum_value: down, mysql

-- ~ column posts.status: enum('WRITING','PUBLISHED') → enum('DRAFT','PUBLISHED'), default 'WRITING' → 'DRAFT'
-- ! may fail on existing data: `posts.status` may hold 'WRITING', which it can't any more
ALTER TABLE `posts` MODIFY COLUMN `status` enum('WRITING','PUBLISHED','DRAFT') NOT NULL DEFAULT 'WRITING', ALGORITHM=INSTANT;

-- in posts.status, turn 'WRITING' to 'DRAFT'
-- ! breaks code that runs against the old schema: `posts.status` holds 'DRAFT' in place of 'WRITING'
UPDATE `posts` SET `status` = CASE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'WRITING' THEN 'DRAFT' ELSE `status` END WHERE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('WRITING');

-- in posts.history, turn 'WRITING' to 'DRAFT'
-- ! breaks code that runs against the old schema: `posts.history` holds 'DRAFT' in place of 'WRITING'
UPDATE `posts` SET `history` = (SELECT JSON_ARRAYAGG(CASE each_value.v COLLATE utf8mb4_bin WHEN 'WRITING' THEN 'DRAFT' ELSE each_value.v END) FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value) WHERE JSON_TYPE(`history`) = 'ARRAY' AND JSON_OVERLAPS(`history`, '["WRITING"]');

-- ~ column posts.status: enum('WRITING','PUBLISHED','DRAFT') → enum('DRAFT','PUBLISHED'), default 'WRITING' → 'DRAFT'
-- ! may fail on existing data: `posts.status` may hold 'WRITING', which it can't any more
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('DRAFT','PUBLISHED') NOT NULL DEFAULT 'DRAFT', ALGORITHM=COPY, LOCK=SHARED;
