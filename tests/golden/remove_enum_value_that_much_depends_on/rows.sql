INSERT INTO tasks (id, state, past, next) VALUES (1, 'NEW', '{}', NULL), (2, 'DONE', '{NEW,DONE}', 'NEW');
