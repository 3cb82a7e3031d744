-- ignored: the ON CONFLICT clause of `a.x`
-- ignored: the ON CONFLICT clause of a constraint of `a`
-- ignored: trigger `a_touch` on `a`
-- ignored: NULL in `b.k`, a primary key without NOT NULL
-- ignored: DESC in the primary key of `c`
-- ignored: view `a_view`
-- ignored: virtual table `search`
CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT UNIQUE ON CONFLICT REPLACE, y TEXT, UNIQUE (y) ON CONFLICT IGNORE);
CREATE TABLE b (k TEXT PRIMARY KEY, v TEXT);
CREATE TABLE c (k INT, n INT, PRIMARY KEY (k DESC, n)) WITHOUT ROWID;
CREATE VIEW a_view AS SELECT * FROM a;
CREATE TRIGGER a_touch AFTER UPDATE ON a BEGIN UPDATE a SET y = 'x' WHERE id = NEW.id; END;
CREATE VIRTUAL TABLE search USING fts5(body);
