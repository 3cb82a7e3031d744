INSERT INTO switches VALUES (1, '0'), (2, '1');
