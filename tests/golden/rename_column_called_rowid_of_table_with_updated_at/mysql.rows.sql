INSERT INTO facts (`rowid`, text, changed) VALUES (5, 'a', '2024-01-01 00:00:00'), (5, 'b', '2024-01-01 00:00:00');
