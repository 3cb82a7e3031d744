INSERT INTO tickets VALUES (7, 'Seven');
