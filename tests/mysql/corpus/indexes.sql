CREATE TABLE indexed (
  id int PRIMARY KEY, a int, b int, c varchar(100), d varchar(100), t text, bl blob, n int NOT NULL,
  KEY indexed_a_idx (a), KEY two (a, b), KEY `other name` (b), UNIQUE KEY indexed_b_key (b), UNIQUE KEY three (a, b, c), KEY prefixed (c(10)), KEY mixed (c(10), a, d(5)), KEY text_prefix (t(50)), KEY blob_prefix (bl(20)),
  UNIQUE KEY unique_prefix (d(20)), KEY falling (a DESC), KEY both_ways (a DESC, b), KEY noted (n) COMMENT 'why it is there', KEY whole (c(100))
);
CREATE TABLE searched (id int PRIMARY KEY, title varchar(200), body text, FULLTEXT KEY title_search (title), FULLTEXT KEY both_search (title, body)) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE twice_indexed (id int PRIMARY KEY, a int, KEY first_idx (a), KEY second_idx (a), UNIQUE KEY id_key (id));
CREATE TABLE composite_key (a int NOT NULL, b varchar(20) NOT NULL, c int NOT NULL, PRIMARY KEY (b, a), KEY c_idx (c, a));
CREATE TABLE no_key (a int, b varchar(20));
CREATE TABLE no_key_but_unique (a int NOT NULL, b int, UNIQUE KEY a_key (a));
CREATE TABLE places (id int PRIMARY KEY, p point NOT NULL, g geometry, l linestring, poly polygon, SPATIAL KEY p_idx (p));
CREATE TABLE using_words (id int PRIMARY KEY, a int, b int, KEY a_idx (a) USING BTREE, KEY b_idx USING BTREE (b));
CREATE TABLE hashed (id int PRIMARY KEY, a int, b int, KEY a_idx (a) USING BTREE, KEY b_idx (b)) ENGINE=MEMORY;
