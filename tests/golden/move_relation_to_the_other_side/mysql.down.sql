-- move_relation_to_the_other_side: down, mysql
-- what the migration took from rows does not come back:
--   drops column `profiles.user_id` with its values

-- drop foreign key users_profile_id_fkey of users
ALTER TABLE `users` DROP FOREIGN KEY `users_profile_id_fkey`, ALGORITHM=INSTANT;

-- - unique index users_profile_id_key on users
ALTER TABLE `users` DROP INDEX `users_profile_id_key`, ALGORITHM=INPLACE, LOCK=NONE;

-- - column users.profile_id
-- ! loses data: drops column `users.profile_id` with its values
-- ! breaks code that runs against the old schema: code that uses `users.profile_id` fails
ALTER TABLE `users` DROP COLUMN `profile_id`, ALGORITHM=INSTANT;

-- + column profiles.user_id: int null
ALTER TABLE `profiles` ADD COLUMN `user_id` int NULL, ALGORITHM=INSTANT;

-- + unique index profiles_user_id_key on profiles (user_id)
ALTER TABLE `profiles` ADD UNIQUE INDEX `profiles_user_id_key` (`user_id`), ALGORITHM=INPLACE, LOCK=NONE;

-- add foreign key profiles_user_id_fkey to profiles
-- ! blocks writes or reads: copies all rows of `profiles`; nobody else can write to it meanwhile
ALTER TABLE `profiles` ADD CONSTRAINT `profiles_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE SET NULL ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
