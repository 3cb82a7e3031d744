-- ignored: table ` `: a schema can't write its name, or that of any column
-- ignored: table `orphans` is left alone: its foreign key refers to the table `nowhere`, which is not there
-- ignored: table `loose` is left alone: its foreign key refers to `name` of `targets`, which is no key
-- ignored: table `never_null` is left alone: ON DELETE SET NULL of its foreign key can't work: `t` is NOT NULL
-- ignored: table `twins` is left alone: two of its checks have one name
-- ignored: table `blank` is left alone: a schema can't write the name of its column ` `
CREATE TABLE targets (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE orphans (id INTEGER PRIMARY KEY, n INTEGER REFERENCES nowhere (id));
CREATE TABLE loose (id INTEGER PRIMARY KEY, n TEXT REFERENCES targets (name));
CREATE TABLE never_null (id INTEGER PRIMARY KEY, t INTEGER NOT NULL REFERENCES targets (id) ON DELETE SET NULL);
CREATE TABLE twins (id INTEGER PRIMARY KEY, CONSTRAINT x CHECK (id > 0), CONSTRAINT x CHECK (id < 9));
CREATE TABLE blank (id INTEGER PRIMARY KEY, " " TEXT);
CREATE TABLE " " (id INTEGER PRIMARY KEY);
CREATE TABLE fine (id INTEGER PRIMARY KEY, orphan_id INTEGER REFERENCES orphans (id), target_id INTEGER REFERENCES targets (id));
