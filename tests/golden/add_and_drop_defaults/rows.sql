INSERT INTO users VALUES (1, 'admin', 'b');
