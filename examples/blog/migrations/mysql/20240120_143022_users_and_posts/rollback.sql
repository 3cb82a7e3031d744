-- 20240120_143022: down, mysql

-- drop table posts
-- ! loses data: drops table `posts` with all its rows
-- ! breaks code that runs against the old schema: code that uses `posts` fails
DROP TABLE `posts`;

-- drop table users
-- ! loses data: drops table `users` with all its rows
-- ! breaks code that runs against the old schema: code that uses `users` fails
DROP TABLE `users`;
