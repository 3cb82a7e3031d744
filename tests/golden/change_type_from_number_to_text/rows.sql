INSERT INTO products VALUES (1, 47, 0.1), (2, -1, 1e300);
