CREATE TABLE orders (
  id text NOT NULL PRIMARY KEY,
  status text NOT NULL DEFAULT 'NEW' CHECK (status IN ('NEW','PAID','SENT')),
  size text CHECK ("size" in ('extra small', 'M', 'true', '2XL', '')),
  colour text CHECK (colour IN ('dark red', 'DARK_RED', 'null', '1st')) DEFAULT 'dark red',
  level integer CHECK (level IN (1, 2, 3)),
  state text CONSTRAINT state_known CHECK (state IN ('A', 'B')),
  kind varchar(4) CHECK (kind IN ('x', 'y')),
  grade text COLLATE NOCASE CHECK (grade IN ('a', 'b'))
);
CREATE TABLE order_lines (id text NOT NULL PRIMARY KEY, status text NOT NULL CHECK (status IN ('OPEN')));
