CREATE TABLE checked (
  id int PRIMARY KEY, a int, b int, s varchar(50), d date, e date, price decimal(10,2),
  CONSTRAINT positive CHECK (a > 0), CONSTRAINT not_three CHECK (a != 3), CONSTRAINT listed CHECK (a IN (1,2,3)), CONSTRAINT single CHECK (s IN ('only')),
  CONSTRAINT unlisted CHECK (s NOT IN ('a','b')), CONSTRAINT ranged CHECK (b BETWEEN 1 AND 5), CONSTRAINT alike CHECK (s LIKE 'x%' OR s LIKE '%\_y' ESCAPE '\\'),
  CONSTRAINT matched CHECK (s REGEXP '^[a-z]+$'), CONSTRAINT unmatched CHECK (s NOT REGEXP '[0-9]'), CONSTRAINT ordered CHECK (d <= e), CONSTRAINT long_enough CHECK (char_length(trim(s)) > 2),
  CONSTRAINT both_or_none CHECK ((a IS NULL) = (b IS NULL)), CONSTRAINT chosen CHECK (CASE WHEN a > 0 THEN b > 0 ELSE b <= 0 END), CONSTRAINT even CHECK (a % 2 = 0),
  CONSTRAINT mixed CHECK (a > 0 AND (b > 0 OR s = 'x') AND NOT (d IS NULL)), CONSTRAINT negated CHECK (NOT (a = 1 AND b = 2)), CONSTRAINT cents CHECK (price * 100 = floor(price * 100)),
  CONSTRAINT quoted CHECK (s <> 'it''s' AND s <> "dq"), CONSTRAINT exclusive CHECK (a > 1 XOR b > 1), CONSTRAINT nullsafe CHECK (a <=> b OR a IS NOT NULL), CONSTRAINT arithmetic CHECK ((a + b) * 2 - -1 > 0)
);
CREATE TABLE checked_in_columns (id int PRIMARY KEY, age int CHECK (age >= 0), name varchar(20) NOT NULL DEFAULT 'x' CHECK (name <> ''), pair int CHECK (pair > age), CHECK (age < 200));
CREATE TABLE checked_without_names (id int PRIMARY KEY, a int, b int, CHECK (a > 0), CHECK (b > 0), CHECK (a < b));
CREATE TABLE checked_with_odd_names (id int PRIMARY KEY, `select` int, `with space` int, CONSTRAINT `a check` CHECK (`select` > 0), CONSTRAINT `CamelCase` CHECK (`with space` <> `select`));
CREATE TABLE checked_documents (id int PRIMARY KEY, body json NOT NULL, CONSTRAINT has_kind CHECK (json_extract(body, '$.kind') IS NOT NULL), CONSTRAINT named CHECK (json_unquote(json_extract(body, '$.name')) <> ''));
CREATE TABLE checked_moments (id int PRIMARY KEY, starts datetime, ends datetime, CONSTRAINT forward CHECK (ends > starts), CONSTRAINT within_a_day CHECK (ends < starts + INTERVAL 1 DAY), CONSTRAINT recent CHECK (starts > '2000-01-01 00:00:00'), CONSTRAINT this_century CHECK (year(starts) >= 2000));
