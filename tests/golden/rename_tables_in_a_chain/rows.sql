INSERT INTO drafts VALUES (1, 'a draft');
INSERT INTO posts VALUES (1, 'a post');
