-- rename_enum_value: up, mysql

-- ~ column posts.status: enum('DRAFT','PUBLISHED') → enum('DRAFT','PUBLISHED','WRITING')
ALTER TABLE `posts` MODIFY COLUMN `status` enum('DRAFT','PUBLISHED','WRITING') NOT NULL DEFAULT 'DRAFT', ALGORITHM=INSTANT;

-- in posts.status, turn 'DRAFT' to 'WRITING'
-- ! breaks code that runs against the old schema: `posts.status` holds 'WRITING' in place of 'DRAFT'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `status` = 'WRITING' WHERE `status` = 'DRAFT';

-- in posts.history, turn 'DRAFT' to 'WRITING'
-- ! breaks code that runs against the old schema: `posts.history` holds 'WRITING' in place of 'DRAFT'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `history` = (SELECT JSON_ARRAYAGG(CASE each_value.v COLLATE utf8mb4_bin WHEN 'DRAFT' THEN 'WRITING' ELSE each_value.v END) FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value) WHERE JSON_TYPE(`history`) = 'ARRAY' AND (JSON_CONTAINS(`history`, '"DRAFT"')) AND NOT EXISTS (SELECT 1 FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value WHERE each_value.v IS NULL);

-- ~ column posts.status: enum('DRAFT','PUBLISHED','WRITING') → enum('WRITING','PUBLISHED'), default 'DRAFT' → 'WRITING'
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('WRITING','PUBLISHED') NOT NULL DEFAULT 'WRITING', ALGORITHM=COPY, LOCK=SHARED;
