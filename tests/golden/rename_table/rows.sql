INSERT INTO posts (id, title, slug, updated_at) VALUES (5, 'One', 'one', '2024-01-01T00:00:00.000Z');
INSERT INTO comments (post_id) VALUES (5), (5);
