-- rename_check: down, postgres

-- rename constraint new_name of users to old_name
ALTER TABLE "users" RENAME CONSTRAINT "new_name" TO "old_name";
