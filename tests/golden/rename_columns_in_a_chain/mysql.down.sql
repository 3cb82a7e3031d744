-- rename_columns_in_a_chain: down, mysql

-- rename in events: end to start, finish to end
-- ! breaks code that runs against the old schema: code that uses the name `events.end` fails
-- ! breaks code that runs against the old schema: code that uses the name `events.finish` fails
ALTER TABLE `events`
  RENAME COLUMN `end` TO `start`,
  RENAME COLUMN `finish` TO `end`,
  ALGORITHM=INSTANT;
