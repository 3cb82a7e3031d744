-- drop_many_to_many: up, mysql

-- drop table post_tags
-- ! loses data: drops table `post_tags` with all its rows
-- ! breaks code that runs against the old schema: code that uses `post_tags` fails
DROP TABLE `post_tags`;
