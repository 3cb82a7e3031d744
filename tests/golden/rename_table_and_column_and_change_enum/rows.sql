INSERT INTO posts VALUES (1, 'One', 'NEW'), (2, 'Two', 'OPEN');
