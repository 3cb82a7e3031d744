CREATE TABLE decimals (
  id int PRIMARY KEY, a decimal, b decimal(10), c decimal(10,2), d decimal(65,30), e numeric(5,0) NOT NULL DEFAULT 12,
  f decimal(10,2) NOT NULL DEFAULT 1.5, g decimal(10,2) DEFAULT '1.50', h decimal(5,5) DEFAULT 0.00001, i decimal(38,9),
  j decimal(10,2) unsigned DEFAULT 0, k dec(3,1) DEFAULT -0.5, l fixed(7,3), m decimal(12,4) zerofill, n decimal(10,2) DEFAULT 1e2
);
CREATE TABLE floats (
  id int PRIMARY KEY, a float, b double, c real, d double precision, e float(10), f float(30), g float(7,3), h double(15,5),
  i float unsigned, j double DEFAULT 1.5, k double DEFAULT 1e10, l double DEFAULT 1e20, m double DEFAULT 0.00001,
  n float DEFAULT 0.1, o double NOT NULL DEFAULT 0, p double DEFAULT -2.5, q double DEFAULT 100, r double DEFAULT 1e-10,
  s double DEFAULT 1.7976931348623157e308, t double unsigned zerofill
);
CREATE TABLE money (
  account int unsigned NOT NULL, currency char(3) CHARACTER SET ascii NOT NULL DEFAULT 'EUR',
  amount decimal(19,4) NOT NULL DEFAULT 0.0000, rate double NOT NULL DEFAULT 1, PRIMARY KEY (account, currency)
);
CREATE TABLE measurements (
  sensor_id int unsigned NOT NULL, taken_at datetime(6) NOT NULL, value double NOT NULL, quality tinyint unsigned NOT NULL DEFAULT 255,
  PRIMARY KEY (sensor_id, taken_at)
);
