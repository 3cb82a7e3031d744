INSERT INTO users VALUES (1, 'ann', 30), (2, 'bob', NULL);
