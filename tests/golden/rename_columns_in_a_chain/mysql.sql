-- rename_columns_in_a_chain: up, mysql

-- rename in events: end to finish, start to end
-- ! breaks code that runs against the old schema: code that uses the name `events.end` fails
-- ! breaks code that runs against the old schema: code that uses the name `events.start` fails
ALTER TABLE `events`
  RENAME COLUMN `end` TO `finish`,
  RENAME COLUMN `start` TO `end`,
  ALGORITHM=INSTANT;
