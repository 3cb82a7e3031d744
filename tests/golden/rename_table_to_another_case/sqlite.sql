-- rename_table_to_another_case: up, sqlite

-- rename table Users to _okra_aside_Users
ALTER TABLE "Users" RENAME TO "_okra_aside_Users";

-- rename table _okra_aside_Users to users
ALTER TABLE "_okra_aside_Users" RENAME TO "users";

-- rename column users.Name to name
ALTER TABLE "users" RENAME COLUMN "Name" TO "name";
