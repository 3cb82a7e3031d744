INSERT INTO users VALUES (1, 'user'), (2, 'admin');
