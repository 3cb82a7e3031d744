-- change_options_of_a_table: down, mysql

-- ~ table logs: engine=MyISAM → no options
-- ! may fail on existing data: `logs` may hold what InnoDB can't
-- ! blocks writes or reads: copies all rows of `logs`; nobody else can write to it meanwhile
ALTER TABLE `logs` ENGINE=InnoDB, ALGORITHM=COPY, LOCK=SHARED;

-- change table pages: 2 changes
--   ~ table pages: collation=latin1_swedish_ci → row_format=compact
--   ~ table pages: comment
-- ! blocks writes or reads: copies all rows of `pages`; nobody else can write to it meanwhile
ALTER TABLE `pages`
  DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci,
  ROW_FORMAT=compact,
  MODIFY COLUMN `title` varchar(100) COLLATE utf8mb4_unicode_ci NOT NULL,
  MODIFY COLUMN `kind` enum('A','B') COLLATE utf8mb4_unicode_ci NOT NULL,
  COMMENT='',
  ALGORITHM=COPY, LOCK=SHARED;
