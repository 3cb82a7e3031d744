-- rename_enum_value: down, mysql

-- ~ column posts.status: enum('WRITING','PUBLISHED') → enum('WRITING','PUBLISHED','DRAFT')
ALTER TABLE `posts` MODIFY COLUMN `status` enum('WRITING','PUBLISHED','DRAFT') NOT NULL DEFAULT 'WRITING', ALGORITHM=INSTANT;

-- in posts.status, turn 'WRITING' to 'DRAFT'
-- ! breaks code that runs against the old schema: `posts.status` holds 'DRAFT' in place of 'WRITING'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `status` = 'DRAFT' WHERE `status` = 'WRITING';

-- in posts.history, turn 'WRITING' to 'DRAFT'
-- ! breaks code that runs against the old schema: `posts.history` holds 'DRAFT' in place of 'WRITING'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `history` = (SELECT JSON_ARRAYAGG(CASE each_value.v COLLATE utf8mb4_bin WHEN 'WRITING' THEN 'DRAFT' ELSE each_value.v END) FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value) WHERE JSON_TYPE(`history`) = 'ARRAY' AND (JSON_CONTAINS(`history`, '"WRITING"')) AND NOT EXISTS (SELECT 1 FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value WHERE each_value.v IS NULL);

-- ~ column posts.status: enum('WRITING','PUBLISHED','DRAFT') → enum('DRAFT','PUBLISHED'), default 'WRITING' → 'DRAFT'
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('DRAFT','PUBLISHED') NOT NULL DEFAULT 'DRAFT', ALGORITHM=COPY, LOCK=SHARED;
