INSERT INTO users VALUES (1, 'Ann', 'old', 'n1'), (2, 'Bob', 'old', 'n2');
