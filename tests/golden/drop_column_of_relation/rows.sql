INSERT INTO users VALUES (3), (4);
INSERT INTO posts VALUES (1, 'One', 4);
