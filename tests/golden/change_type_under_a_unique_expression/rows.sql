INSERT INTO users VALUES (1, '007'), (2, '8');
