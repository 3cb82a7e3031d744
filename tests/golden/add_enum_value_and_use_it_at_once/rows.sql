INSERT INTO tasks VALUES (1, 'NEW', NULL), (2, 'DONE', 'x');
