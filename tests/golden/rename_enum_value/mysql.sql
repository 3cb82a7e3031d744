-- rename_enum_value: up, mysql

-- ~ column posts.status: enum('DRAFT','PUBLISHED') → enum('WRITING','PUBLISHED'), default 'DRAFT' → 'WRITING'
-- ! may fail on existing data: `posts.status` may hold 'DRAFT', which it can't any more
ALTER TABLE `posts` MODIFY COLUMN `status` enum('DRAFT','PUBLISHED','WRITING') NOT NULL DEFAULT 'DRAFT', ALGORITHM=INSTANT;

-- in posts.status, turn 'DRAFT' to 'WRITING'
-- ! breaks code that runs against the old schema: `posts.status` holds 'WRITING' in place of 'DRAFT'
UPDATE `posts` SET `status` = CASE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'DRAFT' THEN 'WRITING' ELSE `status` END WHERE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('DRAFT');

-- in posts.history, turn 'DRAFT' to 'WRITING'
-- ! breaks code that runs against the old schema: `posts.history` holds 'WRITING' in place of 'DRAFT'
UPDATE `posts` SET `history` = (SELECT JSON_ARRAYAGG(CASE each_value.v COLLATE utf8mb4_bin WHEN 'DRAFT' THEN 'WRITING' ELSE each_value.v END) FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value) WHERE JSON_TYPE(`history`) = 'ARRAY' AND JSON_OVERLAPS(`history`, '["DRAFT"]');

-- ~ column posts.status: enum('DRAFT','PUBLISHED','WRITING') → enum('WRITING','PUBLISHED'), default 'DRAFT' → 'WRITING'
-- ! may fail on existing data: `posts.status` may hold 'DRAFT', which it can't any more
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('WRITING','PUBLISHED') NOT NULL DEFAULT 'WRITING', ALGORITHM=COPY, LOCK=SHARED;
