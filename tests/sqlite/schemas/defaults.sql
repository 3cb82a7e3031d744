CREATE TABLE d (
  id integer PRIMARY KEY,
  a text DEFAULT 'it''s; -- fine', b text DEFAULT "double", c text DEFAULT bare,
  e int DEFAULT -1, f int DEFAULT +7, g int DEFAULT 0x1F, h int DEFAULT 3000000000, i real DEFAULT 1e3, j real DEFAULT 0,
  k numeric DEFAULT 12.50, l boolean DEFAULT TRUE, m boolean DEFAULT 'f', n blob DEFAULT x'00FF', o text DEFAULT '',
  p datetime DEFAULT CURRENT_TIMESTAMP, q date DEFAULT CURRENT_DATE, r time DEFAULT (time('now')), s text DEFAULT (1 + 1),
  t bigint DEFAULT 9007199254740993, u json DEFAULT '{"a":1}', v json DEFAULT '[ ]', w text DEFAULT (NULL), x real DEFAULT 1.5,
  y text DEFAULT (lower(hex(randomblob(16)))), z text DEFAULT 'line
break'
);
