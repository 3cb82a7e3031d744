INSERT INTO users VALUES (1, NULL, 5, 'a', 'x');
