INSERT INTO facts (rowid, text) VALUES (5, 'five'), (3, 'three');
INSERT INTO pairs VALUES (1, 2, NULL), (2, 1, 'x');
