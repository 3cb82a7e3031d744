INSERT INTO tokens (id, secret, nonce) VALUES (1, 'héllo', x'616263'), (2, '', NULL), (3, '007', x'c3a9');
