INSERT INTO items (id, price, tax) VALUES (1, 10, 7), (2, 33, NULL);
