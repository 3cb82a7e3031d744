INSERT INTO facts ("rowid", text, changed) VALUES (5, 'a', '2024-01-01T00:00:00.000Z'), (5, 'b', '2024-01-01T00:00:00.000Z');
