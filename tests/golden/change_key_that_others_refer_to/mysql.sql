-- change_key_that_others_refer_to: up, mysql

-- change table countries: 3 changes
--   - unique index countries_code_key on countries
--   ~ primary key countries: (id) → (code)
--   + unique index countries_id_key on countries (id)
-- ! rewrites the table: writes all rows of `countries` anew, while others read and write
ALTER TABLE `countries`
  DROP INDEX `countries_code_key`,
  DROP PRIMARY KEY, ADD PRIMARY KEY (`code`),
  ADD UNIQUE INDEX `countries_id_key` (`id`),
  ALGORITHM=INPLACE, LOCK=NONE;
