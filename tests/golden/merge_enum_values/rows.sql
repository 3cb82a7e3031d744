INSERT INTO tasks VALUES (1, 'NEW', '{NEW,DONE}'), (2, 'new, too', '{}'), (3, 'DONE', '{"new, too"}');
