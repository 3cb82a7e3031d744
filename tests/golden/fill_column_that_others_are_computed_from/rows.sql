INSERT INTO users (id, nick) VALUES (1, 'Ann'), (2, NULL);
