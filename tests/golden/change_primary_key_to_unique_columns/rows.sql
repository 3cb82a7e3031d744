INSERT INTO seats VALUES (7, 1, 1), (8, 1, 2);
