INSERT INTO users VALUES (1, NULL, NULL, '2020-01-01'), (2, 'Ann', NULL, '2020-01-01'), (3, NULL, 7, '2020-01-01'), (4, 'Bob', 8, '2020-01-01');
