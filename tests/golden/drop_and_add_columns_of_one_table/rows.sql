INSERT INTO users VALUES (1, '123', 'Ann');
