INSERT INTO pages VALUES (1, 'naïve', '☃', 'B');
INSERT INTO logs VALUES (1, 'it''s');
