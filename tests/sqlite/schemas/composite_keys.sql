CREATE TABLE warehouses (country TEXT NOT NULL, code TEXT NOT NULL, name TEXT, PRIMARY KEY (country, code));
CREATE TABLE stock (
  sku TEXT NOT NULL, country TEXT NOT NULL, code TEXT NOT NULL, amount INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (sku, country, code),
  FOREIGN KEY (country, code) REFERENCES warehouses (country, code) ON UPDATE CASCADE ON DELETE RESTRICT
);
CREATE TABLE moves (
  id INTEGER PRIMARY KEY,
  from_country TEXT, from_code TEXT, to_country TEXT, to_code TEXT,
  FOREIGN KEY (from_country, from_code) REFERENCES warehouses,
  FOREIGN KEY (to_country, to_code) REFERENCES warehouses (country, code) ON DELETE SET NULL
);
