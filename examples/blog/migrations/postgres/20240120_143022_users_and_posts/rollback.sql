-- 20240120_143022: down, postgres

-- drop table posts
-- ! loses data: drops table `posts` with all its rows
-- ! breaks code that runs against the old schema: code that uses `posts` fails
DROP TABLE "posts";

-- drop table users
-- ! loses data: drops table `users` with all its rows
-- ! breaks code that runs against the old schema: code that uses `users` fails
DROP TABLE "users";

-- drop the function for columns called updated_at, if nothing uses it
DO $okra$
BEGIN
  DROP FUNCTION "_okra_touch_updated_at"();
EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
END
$okra$;
