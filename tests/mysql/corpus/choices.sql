CREATE TABLE choices (
  id int PRIMARY KEY, a enum('x','y'), b enum('draft','published','archived') NOT NULL DEFAULT 'draft', c enum('it''s','a,b','c"d'), d enum('', 'none') DEFAULT '',
  e enum('Ä','ö') DEFAULT 'ö', f set('a','b','c'), g set('read','write') NOT NULL DEFAULT 'read,write', h set('x') DEFAULT '', i enum('1','2') DEFAULT '2', j enum('a b','c-d','e/f') NOT NULL,
  k enum('only'), l enum('true','false','null') DEFAULT 'true', m enum('x\\y','new\nline'), n enum('(','),(') DEFAULT '('
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE choices_elsewhere (id int PRIMARY KEY, a enum('x','y') CHARACTER SET latin1 COLLATE latin1_bin, b set('x','y') COLLATE utf8mb4_bin) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE choice_as_key (kind enum('a','b') NOT NULL PRIMARY KEY, title varchar(20));
CREATE TABLE refers_to_choice (id int PRIMARY KEY, kind enum('a','b') NOT NULL, CONSTRAINT refers_kind FOREIGN KEY (kind) REFERENCES choice_as_key (kind));
