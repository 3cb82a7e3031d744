CREATE TABLE every_integer (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tiny tinyint, tiny_unsigned tinyint unsigned, small smallint, small_unsigned smallint(5) unsigned,
  medium mediumint, medium_unsigned mediumint unsigned, plain int, wide int(20), plain_unsigned int unsigned,
  big bigint, big_unsigned bigint(20) unsigned, truth tinyint(1), truth_required bool NOT NULL DEFAULT true,
  filled int(5) zerofill, filled_big bigint unsigned zerofill NOT NULL DEFAULT 7
);
CREATE TABLE integer_defaults (
  id bigint unsigned NOT NULL AUTO_INCREMENT, a int DEFAULT 5, b int DEFAULT '5', c int DEFAULT -1, d int NOT NULL DEFAULT 0,
  e bigint DEFAULT 9223372036854775807, f bigint unsigned DEFAULT 18446744073709551615, g tinyint(1) DEFAULT 0,
  h tinyint(1) DEFAULT false, i int DEFAULT (1 + 1), j smallint unsigned DEFAULT 65535, k int DEFAULT +3, l int DEFAULT 0x10,
  PRIMARY KEY (id)
);
CREATE TABLE small_key (id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(30) NOT NULL);
CREATE TABLE medium_key (id mediumint NOT NULL AUTO_INCREMENT, PRIMARY KEY (id));
CREATE TABLE serial_key (id serial PRIMARY KEY, note text);
CREATE TABLE counted_by_index (number int NOT NULL AUTO_INCREMENT, name varchar(20) NOT NULL, PRIMARY KEY (name), KEY number_idx (number));
CREATE TABLE counted_beside_key (code char(3) NOT NULL PRIMARY KEY, seq bigint NOT NULL AUTO_INCREMENT UNIQUE);
CREATE TABLE years (id int PRIMARY KEY, a year, b year NOT NULL DEFAULT 2024, c year(4) DEFAULT '1999');
CREATE TABLE bits (id int PRIMARY KEY, a bit, b bit(8) DEFAULT b'101', c bit(64) NOT NULL DEFAULT 0, d bit(1) DEFAULT 1);
