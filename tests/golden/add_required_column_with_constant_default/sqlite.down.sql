-- add_required_column_with_constant_default: down, sqlite

-- drop column users.role
-- ! loses data: drops column `users.role` with its values
-- ! breaks code that runs against the old schema: code that uses `users.role` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "role";

-- drop column users.score
-- ! loses data: drops column `users.score` with its values
-- ! breaks code that runs against the old schema: code that uses `users.score` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "score";

-- drop column users.active
-- ! loses data: drops column `users.active` with its values
-- ! breaks code that runs against the old schema: code that uses `users.active` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "active";
