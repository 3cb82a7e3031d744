-- enum_values_in_another_case_and_in_lists: down, mysql

-- ~ column posts.status: enum('Draft','open','done') → enum('Draft','open','done','draft'), collation none → utf8mb4_bin
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('Draft','open','done','draft') COLLATE utf8mb4_bin NOT NULL DEFAULT 'Draft', ALGORITHM=COPY, LOCK=SHARED;

-- in posts.status, turn 'Draft' to 'draft', 'open' to 'done', 'done' to 'open'
-- ! breaks code that runs against the old schema: `posts.status` holds 'draft' in place of 'Draft'
-- ! breaks code that runs against the old schema: `posts.status` holds 'done' in place of 'open'
-- ! breaks code that runs against the old schema: `posts.status` holds 'open' in place of 'done'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `status` = CASE `status` WHEN 'Draft' THEN 'draft' WHEN 'open' THEN 'done' WHEN 'done' THEN 'open' ELSE `status` END, `changed` = `changed` WHERE `status` IN ('Draft', 'open', 'done');

-- in posts.history, turn 'Draft' to 'draft', 'open' to 'done', 'done' to 'open'
-- ! breaks code that runs against the old schema: `posts.history` holds 'draft' in place of 'Draft'
-- ! breaks code that runs against the old schema: `posts.history` holds 'done' in place of 'open'
-- ! breaks code that runs against the old schema: `posts.history` holds 'open' in place of 'done'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `history` = (SELECT JSON_ARRAYAGG(CASE each_value.v COLLATE utf8mb4_bin WHEN 'Draft' THEN 'draft' WHEN 'open' THEN 'done' WHEN 'done' THEN 'open' ELSE each_value.v END) FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value), `changed` = `changed` WHERE JSON_TYPE(`history`) = 'ARRAY' AND (JSON_CONTAINS(`history`, '"Draft"') OR JSON_CONTAINS(`history`, '"open"') OR JSON_CONTAINS(`history`, '"done"')) AND NOT EXISTS (SELECT 1 FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value WHERE each_value.v IS NULL);

-- ~ column posts.status: enum('Draft','open','done','draft') → enum('draft','done','open'), default 'Draft' → 'draft', collation utf8mb4_bin → none
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('draft','done','open') COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'draft', ALGORITHM=COPY, LOCK=SHARED;
