CREATE TABLE computed (
  id int PRIMARY KEY, first varchar(50) NOT NULL, last varchar(50), price decimal(10,2), quantity int,
  full_name varchar(101) AS (concat(first, ' ', last)) STORED, total decimal(20,2) GENERATED ALWAYS AS (price * quantity) VIRTUAL, lower_name varchar(50) AS (lower(first)) STORED,
  has_last tinyint(1) AS (last IS NOT NULL) VIRTUAL, initial char(1) AS (left(first, 1)) STORED, rounded int AS (round(price, 0)), label varchar(100) AS (CASE WHEN quantity > 10 THEN 'many' ELSE 'few' END) STORED COMMENT 'many or few',
  twice int AS (rounded * 2) VIRTUAL, either varchar(50) AS (coalesce(last, first, 'nobody')) STORED
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE computed_and_indexed (id int PRIMARY KEY, body json, kind varchar(20) AS (json_unquote(json_extract(body, '$.kind'))) VIRTUAL, size int AS (json_length(body)) STORED, KEY kind_idx (kind), UNIQUE KEY size_key (size)) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE unique_among_the_living (id int PRIMARY KEY, email varchar(191) NOT NULL, deleted_at datetime, living varchar(191) AS (if(deleted_at IS NULL, email, NULL)) STORED, UNIQUE KEY living_key (living)) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE computed_dates (id int PRIMARY KEY, at datetime NOT NULL, day date AS (cast(at AS date)) STORED, y int AS (year(at)) VIRTUAL, m int AS (extract(month FROM at)) STORED, next_week datetime AS (at + INTERVAL 7 DAY) STORED, days int AS (datediff(at, '2020-01-01')) STORED);
