INSERT INTO products VALUES (1, '007', '1.50'), (2, 'x-1', 'heavy'), (3, '12', '3');
