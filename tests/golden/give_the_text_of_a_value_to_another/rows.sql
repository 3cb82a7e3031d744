INSERT INTO posts VALUES (1, 'o'), (2, 'DONE');
