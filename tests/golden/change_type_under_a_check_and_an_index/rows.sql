INSERT INTO products (id, weight) VALUES (1, 5), (2, 500);
