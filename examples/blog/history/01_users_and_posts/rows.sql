INSERT INTO users (id, email, full_name, password_hash) VALUES
  ('01000000-0000-4000-8000-000000000001', 'ada@example.org', 'Ada', '5f4d'),
  ('01000000-0000-4000-8000-000000000002', 'bob@example.org', 'Bob "the quiet" O''Hara', '9c1e');
INSERT INTO posts (id, title, content, author_id) VALUES
  ('02000000-0000-4000-8000-000000000001', 'Hello; world', NULL, '01000000-0000-4000-8000-000000000001'),
  ('02000000-0000-4000-8000-000000000002', 'Über alles -- und nichts', '你好', '01000000-0000-4000-8000-000000000001');
