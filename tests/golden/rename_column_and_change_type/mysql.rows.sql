INSERT INTO posts (id, title, views, legacy) VALUES (7, 'It''s a start', '12', 'old'), (9, 'Second', '007', NULL);
DELETE FROM posts WHERE id = 9;
INSERT INTO posts (title, views) VALUES ('Third', '3');
