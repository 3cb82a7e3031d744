-- rename_table_to_another_case: down, sqlite

-- rename table users to _okra_aside_users
ALTER TABLE "users" RENAME TO "_okra_aside_users";

-- rename table _okra_aside_users to Users
ALTER TABLE "_okra_aside_users" RENAME TO "Users";

-- rename column Users.name to Name
ALTER TABLE "Users" RENAME COLUMN "name" TO "Name";
