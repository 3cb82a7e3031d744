CREATE TABLE layers (table_name TEXT NOT NULL PRIMARY KEY, identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, srs_id INTEGER, CONSTRAINT fk_srs FOREIGN KEY (srs_id) REFERENCES ref_sys(srs_id));
CREATE TABLE ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, definition TEXT NOT NULL);
CREATE TABLE columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, z TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_table UNIQUE (table_name), CONSTRAINT fk_tn FOREIGN KEY (table_name) REFERENCES layers(table_name));
CREATE TABLE roads (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom LINESTRING, name TEXT(80));
