INSERT INTO seats VALUES (1, 1, NULL), (2, 2, 1);
