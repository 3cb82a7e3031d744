-- change_options_of_a_table: up, mysql

-- ~ table logs: no options → engine=MyISAM
-- ! may fail on existing data: `logs` may hold what MyISAM can't
-- ! blocks writes or reads: copies all rows of `logs`; nobody else can write to it meanwhile
ALTER TABLE `logs` ENGINE=MyISAM, ALGORITHM=COPY, LOCK=SHARED;

-- change table pages: 2 changes
--   ~ table pages: row_format=compact → collation=latin1_swedish_ci
--   ~ table pages: comment
-- ! may fail on existing data: `pages.title` may hold characters that latin1 has not
-- ! may fail on existing data: `pages.kind` may hold characters that latin1 has not
-- ! blocks writes or reads: copies all rows of `pages`; nobody else can write to it meanwhile
ALTER TABLE `pages`
  DEFAULT CHARACTER SET=latin1 COLLATE=latin1_swedish_ci,
  ROW_FORMAT=DEFAULT,
  MODIFY COLUMN `title` varchar(100) COLLATE latin1_swedish_ci NOT NULL,
  MODIFY COLUMN `kind` enum('A','B') COLLATE latin1_swedish_ci NOT NULL,
  COMMENT='What people read.',
  ALGORITHM=COPY, LOCK=SHARED;
