CREATE TABLE uuids (
  id varchar(36) NOT NULL DEFAULT (uuid()) PRIMARY KEY, other char(36) NOT NULL DEFAULT (uuid()), packed binary(16), native uuid DEFAULT (uuid()),
  address inet6 DEFAULT '::1', four inet4
);
CREATE TABLE ignored_indexes (id int PRIMARY KEY, a int, b int, KEY seen (a), KEY unseen (b) IGNORED);
CREATE TABLE unique_texts (id int PRIMARY KEY, t text, b blob, UNIQUE KEY t_key (t), UNIQUE KEY both_key (t, b));
CREATE TABLE aria (id int PRIMARY KEY, a varchar(20)) ENGINE=Aria DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE paged (id int PRIMARY KEY) PAGE_COMPRESSED=1 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE compressed_columns (id int PRIMARY KEY, a varchar(100) COMPRESSED, b text COMPRESSED) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE plain_defaults (id int PRIMARY KEY, a text DEFAULT 'text', b blob DEFAULT x'00ff', c json DEFAULT '{}', d json NOT NULL DEFAULT '[]') DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE persistent (id int PRIMARY KEY, a varchar(50), b varchar(50) AS (lower(a)) PERSISTENT) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
