INSERT INTO "as" (id, b_id) VALUES (1, 1);
INSERT INTO bs (id, a_id) VALUES (1, 1);
INSERT INTO keeps VALUES (1);
