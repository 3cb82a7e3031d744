INSERT INTO users VALUES (1), (2);
INSERT INTO follows (a_id, b_id) VALUES (1, 2);
