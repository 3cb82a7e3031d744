-- ignored: NULL in `things.b`, a primary key without NOT NULL
CREATE TABLE things (a, b PRIMARY KEY, c DEFAULT 5, d NOT NULL DEFAULT 'x', e none);
CREATE TABLE made AS SELECT 1 AS n, 'x' AS t;
