-- join_table_keeps_its_sides: down, mysql

-- drop foreign keys follows_b_id_fkey, follows_a_id_fkey of follows
ALTER TABLE `follows`
  DROP FOREIGN KEY `follows_b_id_fkey`,
  DROP FOREIGN KEY `follows_a_id_fkey`,
  ALGORITHM=INSTANT;

-- rename in follows: a_id to b_id, b_id to a_id
-- ! breaks code that runs against the old schema: code that uses the name `follows.a_id` fails
-- ! breaks code that runs against the old schema: code that uses the name `follows.b_id` fails
ALTER TABLE `follows`
  RENAME COLUMN `a_id` TO `b_id`,
  RENAME COLUMN `b_id` TO `a_id`,
  ALGORITHM=INSTANT;

-- change table follows: 3 changes
--   - index follows_b_id_idx on follows
--   ~ primary key follows: (b_id, a_id) → (a_id, b_id)
--   + index follows_b_id_idx on follows (b_id)
-- ! rewrites the table: writes all rows of `follows` anew, while others read and write
ALTER TABLE `follows`
  DROP INDEX `follows_b_id_idx`,
  DROP PRIMARY KEY, ADD PRIMARY KEY (`a_id`, `b_id`),
  ADD INDEX `follows_b_id_idx` (`b_id`),
  ALGORITHM=INPLACE, LOCK=NONE;

-- add foreign keys follows_a_id_fkey, follows_b_id_fkey to follows
-- ! blocks writes or reads: copies all rows of `follows`; nobody else can write to it meanwhile
ALTER TABLE `follows`
  ADD CONSTRAINT `follows_a_id_fkey` FOREIGN KEY (`a_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT `follows_b_id_fkey` FOREIGN KEY (`b_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
