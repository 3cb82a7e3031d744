INSERT INTO tokens (id, secret, nonce) VALUES (1, 'héllo', '\x616263'), (2, '', NULL), (3, '007', '\xc3a9');
