CREATE TABLE users (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  email varchar(255) NOT NULL COMMENT 'where they read',
  role enum('admin','user','guest user') NOT NULL DEFAULT 'user',
  flags set('a','b') DEFAULT NULL,
  bio mediumtext,
  meta json DEFAULT NULL,
  score decimal(10,2) NOT NULL DEFAULT 0.00,
  active tinyint(1) NOT NULL DEFAULT 1,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  code char(3) CHARACTER SET ascii COLLATE ascii_bin,
  full varchar(300) GENERATED ALWAYS AS (concat(email, code)) VIRTUAL,
  PRIMARY KEY (id),
  UNIQUE KEY uniq_email (email),
  KEY idx_name (email(20), score DESC),
  FULLTEXT KEY ft (bio),
  CONSTRAINT score_ok CHECK (score >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=latin1 COMMENT='people';
CREATE TABLE posts (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  author_id bigint unsigned NOT NULL,
  title varchar(191) COLLATE utf8mb4_bin NOT NULL,
  status enum('draft','published') DEFAULT 'draft',
  KEY idx_name (title),
  CONSTRAINT fk_author FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE logs (at timestamp(6) NULL, t text, g geometry NOT NULL, SPATIAL KEY g (g)) ENGINE=Aria ROW_FORMAT=PAGE;
CREATE TABLE tags (id varchar(36) NOT NULL DEFAULT uuid(), name varchar(50), PRIMARY KEY(id));
CREATE VIEW v AS SELECT * FROM tags;
