INSERT INTO products VALUES (1, 'a');
INSERT INTO items VALUES (1, 'a');
