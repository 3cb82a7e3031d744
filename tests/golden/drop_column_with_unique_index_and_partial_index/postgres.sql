-- drop_column_with_unique_index_and_partial_index: up, postgres

-- drop index active_by_email of users
DROP INDEX "active_by_email";

-- alter table users
--   - column users.deleted
-- ! loses data: drops column `users.deleted` with its values
-- ! breaks code that runs against the old schema: code that uses `users.deleted` fails
ALTER TABLE "users" DROP COLUMN "deleted";
