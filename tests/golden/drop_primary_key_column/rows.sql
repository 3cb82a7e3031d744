INSERT INTO entries VALUES (4, 'four'), (9, 'nine');
