INSERT INTO facts VALUES (9, 'nine'), (NULL, 'none'), (2, 'two');
