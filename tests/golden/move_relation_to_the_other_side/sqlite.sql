-- move_relation_to_the_other_side: up, sqlite

-- drop index profiles_user_id_key of profiles
DROP INDEX "profiles_user_id_key";

-- rebuild profiles: make the new table
--   - foreign key profiles (user_id) → users (id), on delete set null, on update cascade
--   - unique index profiles_user_id_key on profiles
--   - column profiles.user_id
-- ! loses data: drops column `profiles.user_id` with its values
-- ! breaks code that runs against the old schema: code that uses `profiles.user_id` fails
-- ! rewrites the table: copies all rows of `profiles`; nobody else can write meanwhile
CREATE TABLE "_okra_new_profiles" (
  "id" integer NOT NULL PRIMARY KEY
);

-- rebuild profiles: copy its rows
INSERT INTO "_okra_new_profiles" ("id")
  SELECT "profiles"."id" FROM "profiles";

-- rebuild profiles: drop the old table
DROP TABLE "profiles";

-- rebuild profiles: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild profiles: put the new table in its place
ALTER TABLE "_okra_new_profiles" RENAME TO "profiles";

-- rebuild profiles: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- add column users.profile_id
ALTER TABLE "users" ADD COLUMN "profile_id" integer REFERENCES "profiles" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- unique index users by profile_id
CREATE UNIQUE INDEX "users_profile_id_key" ON "users" ("profile_id");
