INSERT INTO folders VALUES (1, 'root', NULL), (2, 'home', 1);
