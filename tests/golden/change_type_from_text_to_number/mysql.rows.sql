INSERT INTO products VALUES (1, '007', '1.50'), (3, '12', '3');
