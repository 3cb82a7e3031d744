INSERT INTO seats VALUES (1, 1, NULL), (1, 2, 2);
