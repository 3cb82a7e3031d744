INSERT INTO facts (rowid, text) VALUES (5, 'five'), (3, 'three');
