INSERT INTO tickets (code) VALUES (70), (90);
INSERT INTO notes VALUES (5, 1), (6, 2);
