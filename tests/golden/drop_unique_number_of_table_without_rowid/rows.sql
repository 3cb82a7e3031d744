INSERT INTO rooms VALUES ('red', 7, 2.5), ('blue', 9, 1);
