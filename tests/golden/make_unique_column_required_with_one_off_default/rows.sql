INSERT INTO users VALUES (1, NULL), (2, 'bob@example.com'), (3, NULL);
