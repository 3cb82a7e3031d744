INSERT INTO users (mail, changed) VALUES ('ann@example.com', '2020-01-01');
INSERT INTO posts VALUES (1, 1);
