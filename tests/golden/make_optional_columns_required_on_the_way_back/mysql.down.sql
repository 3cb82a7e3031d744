-- make_optional_columns_required_on_the_way_back: down, mysql
-- what the migration took from rows does not come back:
--   drops column `users.email` with its values
--   drops column `users.born` with its values
--   drops column `users.tags` with its values
--   drops column `users.settings` with its values
--   drops column `users.level` with its values
--   drops column `users.mood` with its values
--   drops column `users.chief_id` with its values

-- change table users: 6 changes
--   + column users.email: varchar(255) not null, rows get UUID()
--   + column users.born: date not null, rows get '1970-01-01'
--   + column users.tags: json not null, rows get '[]'
--   + column users.settings: json not null, rows get 'null'
--   + column users.level: int not null, rows get 1
--   + column users.mood: enum('GOOD','BAD') not null, rows get 'GOOD'
-- ! breaks code that runs against the old schema: code that inserts into `users` without `email` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `born` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `tags` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `settings` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `level` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `mood` fails
ALTER TABLE `users`
  ADD COLUMN `email` varchar(255) NULL,
  ADD COLUMN `born` date NOT NULL DEFAULT '1970-01-01',
  ADD COLUMN `tags` json NULL,
  ADD COLUMN `settings` json NULL,
  ADD COLUMN `level` int NOT NULL DEFAULT 1,
  ADD COLUMN `mood` enum('GOOD','BAD') NOT NULL DEFAULT 'GOOD',
  ALGORITHM=INSTANT;

-- give the rows of users their email, tags, settings
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
UPDATE `users` SET `email` = UUID(), `tags` = '[]', `settings` = 'null';

-- change table users: 9 changes
--   ~ column users.email: null → not null
--   ~ column users.born: default '1970-01-01' → none
--   ~ column users.tags: null → not null
--   ~ column users.settings: null → not null
--   ~ column users.level: default 1 → none
--   ~ column users.mood: default 'GOOD' → none
--   + column users.chief_id: varchar(36) null
--   + check users users_level_check (level BETWEEN 1 AND 9)
--   + unique index users_email_key on users (email)
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  MODIFY COLUMN `email` varchar(255) NOT NULL,
  MODIFY COLUMN `born` date NOT NULL,
  MODIFY COLUMN `tags` json NOT NULL,
  MODIFY COLUMN `settings` json NOT NULL,
  MODIFY COLUMN `level` int NOT NULL,
  MODIFY COLUMN `mood` enum('GOOD','BAD') NOT NULL,
  ADD COLUMN `chief_id` varchar(36) NULL,
  ADD CONSTRAINT `users_level_check` CHECK (level BETWEEN 1 AND 9),
  ADD UNIQUE INDEX `users_email_key` (`email`),
  ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key users_chief_id_fkey to users
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  ADD INDEX `users_chief_id_fkey` (`chief_id`),
  ADD CONSTRAINT `users_chief_id_fkey` FOREIGN KEY (`chief_id`) REFERENCES `users` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
