-- rename_check: up, postgres

-- rename constraint old_name of users to new_name
ALTER TABLE "users" RENAME CONSTRAINT "old_name" TO "new_name";
