INSERT INTO settings VALUES ('a', '007', 1);
