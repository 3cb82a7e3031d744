INSERT INTO `as` (id) VALUES (1);
INSERT INTO bs (id, a_id) VALUES (1, 1);
UPDATE `as` SET b_id = 1;
INSERT INTO keeps VALUES (1);
