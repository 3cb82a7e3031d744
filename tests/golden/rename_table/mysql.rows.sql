INSERT INTO posts (id, title, slug, updated_at) VALUES (5, 'One', 'one', '2024-01-01 00:00:00');
INSERT INTO comments (post_id) VALUES (5), (5);
