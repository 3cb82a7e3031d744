INSERT INTO facts (text) VALUES ('five'), ('three');
INSERT INTO pairs VALUES (1, 2, NULL), (2, 1, 'x');
