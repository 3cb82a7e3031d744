CREATE TABLE moments (
  id int PRIMARY KEY, a date, b time, c time(3), d time(6), e datetime, f datetime(3), g datetime(6), h timestamp NULL, i timestamp(3) NULL DEFAULT NULL, j datetime(0)
);
CREATE TABLE moment_defaults (
  id int PRIMARY KEY, a date DEFAULT '2024-01-31', b time DEFAULT '10:00', c time(3) DEFAULT '10:00:00.5', d datetime DEFAULT '2024-01-31', e datetime DEFAULT '2024-01-31 10:20:30',
  f datetime(3) DEFAULT '2024-01-31 10:20:30.123', g datetime DEFAULT now(), h datetime DEFAULT CURRENT_TIMESTAMP, i datetime(6) DEFAULT CURRENT_TIMESTAMP(6), j timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  k timestamp NULL DEFAULT NULL, l date DEFAULT (curdate()), m time DEFAULT (curtime()), n datetime DEFAULT (now() + interval 1 day), o datetime DEFAULT (utc_timestamp()), p date DEFAULT (current_date),
  q timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), r datetime DEFAULT localtime, s time DEFAULT '-01:30:00', t time DEFAULT '838:59:59', u datetime(6) NOT NULL DEFAULT NOW(6), v varchar(30) DEFAULT (now())
);
CREATE TABLE touched (
  id int PRIMARY KEY, created_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
);
CREATE TABLE touched_finely (
  id int PRIMARY KEY, a datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), b timestamp(6) NULL ON UPDATE CURRENT_TIMESTAMP(6), c datetime DEFAULT NULL ON UPDATE NOW(),
  d timestamp NOT NULL DEFAULT '2000-01-01 00:00:00' ON UPDATE CURRENT_TIMESTAMP
);
CREATE TABLE laravel_timestamps (id bigint unsigned NOT NULL AUTO_INCREMENT, created_at timestamp NULL DEFAULT NULL, updated_at timestamp NULL DEFAULT NULL, deleted_at timestamp NULL DEFAULT NULL, PRIMARY KEY (id));
