-- move_relation_to_the_other_side: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `profiles.user_id` with its values

-- drop index users_profile_id_key of users
DROP INDEX "users_profile_id_key";

-- rebuild users: make the new table
--   - foreign key users (profile_id) → profiles (id), on delete set null, on update cascade
--   - unique index users_profile_id_key on users
--   - column users.profile_id
-- ! loses data: drops column `users.profile_id` with its values
-- ! breaks code that runs against the old schema: code that uses `users.profile_id` fails
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id")
  SELECT "users"."id" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- add column profiles.user_id
ALTER TABLE "profiles" ADD COLUMN "user_id" integer REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- unique index profiles by user_id
CREATE UNIQUE INDEX "profiles_user_id_key" ON "profiles" ("user_id");
