INSERT INTO pairs VALUES (4, 'four'), (2, NULL);
