INSERT INTO teams VALUES (1, 'Reds');
INSERT INTO players (id, name, team_id) VALUES (1, 'Ann', 1), (2, 'Bob', NULL);
