-- kinds_of_indexes: down, mysql

-- change table places: 5 changes
--   - index words on places
--   - index more_words on places
--   - index where_it_is on places
--   - index beginning on places
--   + index places_code_idx on places (code)
ALTER TABLE `places`
  DROP INDEX `words`,
  DROP INDEX `more_words`,
  DROP INDEX `where_it_is`,
  DROP INDEX `beginning`,
  ALTER INDEX `places_code_idx` /*!80000 VISIBLE */ /*M!100600 NOT IGNORED */,
  ALGORITHM=INPLACE, LOCK=NONE;
