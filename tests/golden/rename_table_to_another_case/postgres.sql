-- rename_table_to_another_case: up, postgres

-- rename table Users to users
-- ! breaks code that runs against the old schema: code that uses the name `Users` fails
ALTER TABLE "Users" RENAME TO "users";

-- rename index Users_pkey to users_pkey
ALTER INDEX "Users_pkey" RENAME TO "users_pkey";

-- rename column users.Name to name
-- ! breaks code that runs against the old schema: code that uses the name `users.Name` fails
ALTER TABLE "users" RENAME COLUMN "Name" TO "name";
