-- kinds_of_indexes: up, mysql

-- change table places: 2 changes
--   + index beginning on places (about(20), name desc)
--   + index places_code_idx on places (code) invisible
ALTER TABLE `places`
  ADD INDEX `beginning` (`about`(20), `name` DESC),
  ALTER INDEX `places_code_idx` /*!80000 INVISIBLE */ /*M!100600 IGNORED */,
  ALGORITHM=INPLACE, LOCK=NONE;

-- + index words on places (name, about) using fulltext
-- ! blocks writes or reads: reads all rows of `places`; nobody else can write to it meanwhile
ALTER TABLE `places` ADD FULLTEXT INDEX `words` (`name`, `about`), ALGORITHM=INPLACE, LOCK=SHARED;

-- + index more_words on places (about) using fulltext comment it's read
-- ! blocks writes or reads: reads all rows of `places`; nobody else can write to it meanwhile
ALTER TABLE `places` ADD FULLTEXT INDEX `more_words` (`about`) COMMENT 'it''s read', ALGORITHM=INPLACE, LOCK=SHARED;

-- + index where_it_is on places (at) using spatial
-- ! blocks writes or reads: reads all rows of `places`; nobody else can write to it meanwhile
ALTER TABLE `places` ADD SPATIAL INDEX `where_it_is` (`at`), ALGORITHM=INPLACE, LOCK=SHARED;
