CREATE TABLE texts (
  id int PRIMARY KEY, a char, b char(10) NOT NULL DEFAULT '', c varchar(1), d varchar(255), e varchar(191), f varchar(1000),
  g varchar(5000) NOT NULL, h tinytext, i text, j mediumtext NOT NULL, k longtext, l text(100), m text(70000), n char(36), o varchar(36),
  p national varchar(10), q nchar(5), r long varchar, s char(0), t varchar(0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE text_defaults (
  id int PRIMARY KEY, a varchar(50) DEFAULT 'x', b varchar(50) NOT NULL DEFAULT '', c varchar(50) DEFAULT 'it''s', d varchar(50) DEFAULT 'back\\slash',
  e varchar(50) DEFAULT 'new\nline', f varchar(50) DEFAULT 'tab\there', g varchar(50) DEFAULT '"double"', h varchar(50) DEFAULT '-- no comment',
  i varchar(50) DEFAULT 'semi;colon', j varchar(50) DEFAULT 'NULL', k varchar(50) DEFAULT 'CURRENT_TIMESTAMP', l varchar(50) DEFAULT '5', m varchar(50) DEFAULT 5,
  n text DEFAULT ('text'), o longtext DEFAULT (concat('a','b')), p varchar(50) DEFAULT (upper('x')), q char(5) DEFAULT 'ab  ', r varchar(50) DEFAULT ' lead',
  s varchar(50) DEFAULT '{}', t varchar(50) DEFAULT 'ünïcödé', u varchar(50) DEFAULT '日本', v varchar(50) DEFAULT '%d ?', w varchar(50) DEFAULT "dq",
  x varchar(50) DEFAULT '/* */', y varchar(50) DEFAULT '\'', z varchar(50) DEFAULT 'a\\', aa varchar(50) DEFAULT '(x)', ab varchar(50) DEFAULT 'uuid()'
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE bytes (
  id int PRIMARY KEY, a binary, b binary(16), c varbinary(255), d tinyblob, e blob, f mediumblob, g longblob, h blob(100),
  i varbinary(20) DEFAULT 'ab', j binary(4) DEFAULT 'a', k varbinary(20) NOT NULL DEFAULT '', l varbinary(20) DEFAULT x'0010', m blob DEFAULT (x'00ff'),
  n binary(2) DEFAULT 'ab', o char(5) CHARACTER SET binary, p varbinary(5) DEFAULT 'a?b'
);
CREATE TABLE documents (
  id int PRIMARY KEY, a json, b json NOT NULL, c json DEFAULT ('{}'), d json DEFAULT (json_object('a', 1)), e json NOT NULL DEFAULT ('[]'),
  f json DEFAULT ('{"b": 1, "a": "x\'y"}'), g json CHECK (json_length(g) < 10), h longtext CHECK (length(h) > 1), i json DEFAULT ('null')
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE json_in_another_charset (id int PRIMARY KEY, a json, b longtext) DEFAULT CHARACTER SET latin1;
