INSERT INTO tickets VALUES (7, 'Seven'), (41, 'gone');
DELETE FROM tickets WHERE id = 41;
