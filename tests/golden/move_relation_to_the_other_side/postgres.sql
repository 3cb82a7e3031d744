-- move_relation_to_the_other_side: up, postgres

-- drop the foreign key of profiles to users
ALTER TABLE "profiles" DROP CONSTRAINT "profiles_user_id_fkey";

-- drop constraints of profiles
ALTER TABLE "profiles" DROP CONSTRAINT "profiles_user_id_key";

-- alter table profiles
--   - column profiles.user_id
-- ! loses data: drops column `profiles.user_id` with its values
-- ! breaks code that runs against the old schema: code that uses `profiles.user_id` fails
ALTER TABLE "profiles" DROP COLUMN "user_id";

-- alter table users
--   + column users.profile_id: integer null
ALTER TABLE "users" ADD COLUMN "profile_id" integer;

-- foreign key of users to profiles
ALTER TABLE "users" ADD CONSTRAINT "users_profile_id_fkey" FOREIGN KEY ("profile_id") REFERENCES "profiles" ("id") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;

-- unique index users by profile_id
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_profile_id_key" ON "users" ("profile_id");

-- change keys of users
-- okra: new transaction
ALTER TABLE "users" ADD CONSTRAINT "users_profile_id_key" UNIQUE USING INDEX "users_profile_id_key";

-- see that profiles has what users refers to
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_profile_id_fkey";
