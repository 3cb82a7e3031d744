INSERT INTO items (id, price, note) VALUES (1, 5, 'A');
