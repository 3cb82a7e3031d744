-- change_key_that_others_refer_to: down, mysql

-- change table countries: 3 changes
--   - unique index countries_id_key on countries
--   ~ primary key countries: (code) → (id)
--   + unique index countries_code_key on countries (code)
-- ! rewrites the table: writes all rows of `countries` anew, while others read and write
ALTER TABLE `countries`
  DROP INDEX `countries_id_key`,
  DROP PRIMARY KEY, ADD PRIMARY KEY (`id`),
  ADD UNIQUE INDEX `countries_code_key` (`code`),
  ALGORITHM=INPLACE, LOCK=NONE;
