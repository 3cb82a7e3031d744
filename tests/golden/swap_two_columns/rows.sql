INSERT INTO places (id, a, b) VALUES (1, 1.5, 2.5);
