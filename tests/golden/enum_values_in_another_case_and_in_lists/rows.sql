INSERT INTO posts VALUES (1, 'draft', '["draft", "done"]', '2024-01-01 00:00:00'), (2, 'done', '["open"]', '2024-01-01 00:00:00'), (3, 'open', '[]', '2024-01-01 00:00:00');
