INSERT INTO shops VALUES ('north');
INSERT INTO orders VALUES (1, 'north');
