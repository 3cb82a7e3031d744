INSERT INTO events (id, start, `end`) VALUES (1, 'nine', 'ten');
