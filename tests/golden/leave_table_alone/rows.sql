INSERT INTO users VALUES (1, 'Ann');
INSERT INTO legacies VALUES (1, 'kept');
