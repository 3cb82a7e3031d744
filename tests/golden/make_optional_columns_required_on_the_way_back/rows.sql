INSERT INTO users (id, email, born, tags, settings, level, mood) VALUES ('u1', 'a@b.c', '2000-01-01', '["a"]', '{}', 5, 'BAD'), ('u2', 'd@e.f', '2001-01-01', '[]', '{}', 1, 'GOOD');
