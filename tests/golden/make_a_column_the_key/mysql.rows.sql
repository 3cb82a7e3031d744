INSERT INTO facts VALUES (9, 'nine'), (2, 'two');
