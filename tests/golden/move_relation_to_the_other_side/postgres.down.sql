-- move_relation_to_the_other_side: down, postgres
-- what the migration took from rows does not come back:
--   drops column `profiles.user_id` with its values

-- drop the foreign key of users to profiles
ALTER TABLE "users" DROP CONSTRAINT "users_profile_id_fkey";

-- drop constraints of users
ALTER TABLE "users" DROP CONSTRAINT "users_profile_id_key";

-- alter table users
--   - column users.profile_id
-- ! loses data: drops column `users.profile_id` with its values
-- ! breaks code that runs against the old schema: code that uses `users.profile_id` fails
ALTER TABLE "users" DROP COLUMN "profile_id";

-- alter table profiles
--   + column profiles.user_id: integer null
ALTER TABLE "profiles" ADD COLUMN "user_id" integer;

-- foreign key of profiles to users
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;

-- unique index profiles by user_id
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "profiles_user_id_key" ON "profiles" ("user_id");

-- change keys of profiles
-- okra: new transaction
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_user_id_key" UNIQUE USING INDEX "profiles_user_id_key";

-- see that users has what profiles refers to
-- okra: new transaction
ALTER TABLE "profiles" VALIDATE CONSTRAINT "profiles_user_id_fkey";
