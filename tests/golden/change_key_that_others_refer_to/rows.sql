INSERT INTO countries (id, code) VALUES (1, 'de'), (2, 'fr');
INSERT INTO cities VALUES (1, 1, NULL), (2, 2, 1);
