CREATE TABLE parents (id bigint PRIMARY KEY NOT NULL, code varchar(10) UNIQUE);
CREATE TABLE children (id integer PRIMARY KEY, parent_id integer REFERENCES parents (id), code text COLLATE NOCASE REFERENCES parents (code), flag boolean REFERENCES parents (id));
