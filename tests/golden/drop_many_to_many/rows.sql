INSERT INTO posts VALUES (1);
INSERT INTO tags VALUES ('a');
INSERT INTO post_tags VALUES (1, 'a');
