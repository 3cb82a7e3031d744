-- rename_table_to_another_case: down, postgres

-- rename table users to Users
-- ! breaks code that runs against the old schema: code that uses the name `users` fails
ALTER TABLE "users" RENAME TO "Users";

-- rename index users_pkey to Users_pkey
ALTER INDEX "users_pkey" RENAME TO "Users_pkey";

-- rename column Users.name to Name
-- ! breaks code that runs against the old schema: code that uses the name `Users.name` fails
ALTER TABLE "Users" RENAME COLUMN "name" TO "Name";
