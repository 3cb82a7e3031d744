-- enum_values_in_another_case_and_in_lists: up, mysql

-- ~ column posts.status: enum('draft','done','open') → enum('draft','done','open','Draft'), collation none → utf8mb4_bin
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('draft','done','open','Draft') COLLATE utf8mb4_bin NOT NULL DEFAULT 'draft', ALGORITHM=COPY, LOCK=SHARED;

-- in posts.status, turn 'draft' to 'Draft', 'done' to 'open', 'open' to 'done'
-- ! breaks code that runs against the old schema: `posts.status` holds 'Draft' in place of 'draft'
-- ! breaks code that runs against the old schema: `posts.status` holds 'open' in place of 'done'
-- ! breaks code that runs against the old schema: `posts.status` holds 'done' in place of 'open'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `status` = CASE `status` WHEN 'draft' THEN 'Draft' WHEN 'done' THEN 'open' WHEN 'open' THEN 'done' ELSE `status` END, `changed` = `changed` WHERE `status` IN ('draft', 'done', 'open');

-- in posts.history, turn 'draft' to 'Draft', 'done' to 'open', 'open' to 'done'
-- ! breaks code that runs against the old schema: `posts.history` holds 'Draft' in place of 'draft'
-- ! breaks code that runs against the old schema: `posts.history` holds 'open' in place of 'done'
-- ! breaks code that runs against the old schema: `posts.history` holds 'done' in place of 'open'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `history` = (SELECT JSON_ARRAYAGG(CASE each_value.v COLLATE utf8mb4_bin WHEN 'draft' THEN 'Draft' WHEN 'done' THEN 'open' WHEN 'open' THEN 'done' ELSE each_value.v END) FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value), `changed` = `changed` WHERE JSON_TYPE(`history`) = 'ARRAY' AND (JSON_CONTAINS(`history`, '"draft"') OR JSON_CONTAINS(`history`, '"done"') OR JSON_CONTAINS(`history`, '"open"')) AND NOT EXISTS (SELECT 1 FROM JSON_TABLE(`history`, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS each_value WHERE each_value.v IS NULL);

-- ~ column posts.status: enum('draft','done','open','Draft') → enum('Draft','open','done'), default 'draft' → 'Draft', collation utf8mb4_bin → none
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('Draft','open','done') COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'Draft', ALGORITHM=COPY, LOCK=SHARED;
