INSERT INTO places VALUES (1, 'Bern', 'a town', POINT(46.9, 7.4), 'BRN');
