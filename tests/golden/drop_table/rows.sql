INSERT INTO users (id, name) VALUES (1, 'Ann');
INSERT INTO logs (id, text, level) VALUES (1, 'started', 2);
