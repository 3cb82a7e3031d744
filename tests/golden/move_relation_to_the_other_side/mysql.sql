-- move_relation_to_the_other_side: up, mysql

-- drop foreign key profiles_user_id_fkey of profiles
ALTER TABLE `profiles` DROP FOREIGN KEY `profiles_user_id_fkey`, ALGORITHM=INSTANT;

-- - unique index profiles_user_id_key on profiles
ALTER TABLE `profiles` DROP INDEX `profiles_user_id_key`, ALGORITHM=INPLACE, LOCK=NONE;

-- - column profiles.user_id
-- ! loses data: drops column `profiles.user_id` with its values
-- ! breaks code that runs against the old schema: code that uses `profiles.user_id` fails
ALTER TABLE `profiles` DROP COLUMN `user_id`, ALGORITHM=INSTANT;

-- + column users.profile_id: int null
ALTER TABLE `users` ADD COLUMN `profile_id` int NULL, ALGORITHM=INSTANT;

-- + unique index users_profile_id_key on users (profile_id)
ALTER TABLE `users` ADD UNIQUE INDEX `users_profile_id_key` (`profile_id`), ALGORITHM=INPLACE, LOCK=NONE;

-- add foreign key users_profile_id_fkey to users
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users` ADD CONSTRAINT `users_profile_id_fkey` FOREIGN KEY (`profile_id`) REFERENCES `profiles` (`id`) ON DELETE SET NULL ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
